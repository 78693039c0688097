import type { SalesforceSettings } from "@countersign/service";
import { findUnknownStages } from "../../plan-stage.ts";
import { createCalls } from "../calls.ts";
import type { Crm, Mapping } from "../crm.ts";
import type { CrmKind, CrmTools } from "../crm-kind.ts";
import { mappedFields } from "../mapped-fields.ts";
import { remember } from "../remember.ts";
import { createClient, type SalesforceClient } from "./client.ts";
import { readCredentials } from "./credentials.ts";
import { isChangedMeanwhile, isNotFound, translateError } from "./errors.ts";
import { alwaysRead, stagesQuery, toDeal, toStages } from "./read-deal.ts";
import { OpportunityAnswer, StagesAnswer, variables } from "./schema.ts";
import { createSession } from "./session.ts";
import { signIn, type Credentials } from "./sign-in.ts";
import { onlyIfUnchanged, toFields } from "./write-deal.ts";

const paths = {
  opportunity: (id: string) => `/sobjects/Opportunity/${encodeURIComponent(id)}`,
  query: "/query",
};

const stagesSeconds = 60;

export const salesforce: CrmKind<typeof variables> = {
  id: "salesforce",
  variables,
  open({ salesforce: settings }, environment, file) {
    if (settings === undefined) return { is: "off" };
    const credentials = readCredentials(environment);
    if (credentials === null) {
      return {
        is: "without-credentials",
        message: `${file} has a section salesforce, but its environment variables are not all set: SALESFORCE_CLIENT_ID, and SALESFORCE_CLIENT_SECRET or SALESFORCE_USERNAME with SALESFORCE_PRIVATE_KEY. Set them, or take the section out.`,
      };
    }
    const connect = (tools: CrmTools) => {
      const session = createSession(() => signInOnce(credentials, tools));
      return connectSalesforce(settings, createClient(session, tools.timeout), tools);
    };
    return { is: "configured", connect };
  },
};

function signInOnce(credentials: Credentials, tools: CrmTools) {
  const call = createCalls("salesforce", tools, translateError);
  return call("sign-in", () => signIn(credentials, tools.now()));
}

function connectSalesforce(
  settings: SalesforceSettings,
  client: SalesforceClient,
  tools: CrmTools,
): Crm {
  const call = createCalls("salesforce", tools, translateError);
  const mapping = toMapping(settings);
  const fieldNames = mappedFields(mapping);
  const fields = [...alwaysRead, ...fieldNames].join(",");
  const loadStages = () =>
    call("read-stages", async () =>
      toStages(await client.get(paths.query, StagesAnswer, { q: stagesQuery })),
    );
  const readStages = remember(loadStages, stagesSeconds, tools.now);
  const readOpportunity = (recordId: string) =>
    call("read-deal", () =>
      client
        .get(paths.opportunity(recordId), OpportunityAnswer, { fields })
        .catch(nullWhereMissing),
    );
  return {
    id: "salesforce",
    linkField: settings.linkField,
    mapping,
    recordIds: {
      pattern: /^006[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/,
      looks: "15 or 18 letters and digits that begin with 006",
    },
    async check() {
      const stages = await readStages();
      return mapping.stages.flatMap((mapped) => findUnknownStages(mapped, stages));
    },
    async readDeal(recordId) {
      const stages = await readStages();
      const answer = await readOpportunity(recordId);
      return answer === null ? null : toDeal(answer, stages, fieldNames);
    },
    writeDeal(deal, values) {
      const send = () =>
        client.patch(paths.opportunity(deal.recordId), toFields(values), onlyIfUnchanged(deal));
      return call("write-deal", async () => {
        try {
          await send();
          return "written";
        } catch (error) {
          if (isChangedMeanwhile(error)) return "changed-meanwhile";
          throw error;
        }
      });
    },
  };
}

function toMapping({ stages, fields }: SalesforceSettings): Mapping {
  return { stages: [{ pipeline: null, place: "salesforce.stages", stages }], fields };
}

function nullWhereMissing(error: unknown): null {
  if (isNotFound(error)) return null;
  throw error;
}
