import type { SalesforceSettings } from "@countersign/service";
import { findUnknownStages } from "../../plan-stage.ts";
import { createCalls } from "../calls.ts";
import type { Crm, Mapping } from "../crm.ts";
import type { CrmKind, CrmTools } from "../crm-kind.ts";
import { gatherDeals } from "../gather-deals.ts";
import { mappedFields } from "../mapped-fields.ts";
import { remember } from "../remember.ts";
import { createClient, type SalesforceClient } from "./client.ts";
import { readCredentials } from "./credentials.ts";
import { salesforceDeals } from "./deal-calls.ts";
import { translateError } from "./errors.ts";
import { stagesQuery, toStages } from "./read-deal.ts";
import { StagesAnswer, variables } from "./schema.ts";
import { createSession } from "./session.ts";
import { signIn, type Credentials } from "./sign-in.ts";

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
  const loadStages = () =>
    call("read-stages", async () =>
      toStages(await client.get("/query", StagesAnswer, { q: stagesQuery })),
    );
  const readStages = remember(loadStages, stagesSeconds, tools.now);
  const deals = salesforceDeals(client, call, readStages, mappedFields(mapping));
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
    ...gatherDeals(deals, tools.now),
  };
}

function toMapping({ stages, fields }: SalesforceSettings): Mapping {
  return { stages: [{ pipeline: null, place: "salesforce.stages", stages }], fields };
}
