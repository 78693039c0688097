import type { SalesforceSettings } from "@countersign/service";
import { mappedFields, type RecordKind, type StageMapping } from "../../mapping/mapping.ts";
import { withOwnFields } from "../../mapping/own-fields.ts";
import { readMapping } from "../../mapping/read-mapping.ts";
import { salesforceSearch } from "./candidates.ts";
import { causes } from "./causes.ts";
import { createCalls, uploadTimeout } from "../calls.ts";
import type { Crm } from "../crm.ts";
import type { CrmKind, CrmSettings, CrmTools } from "../crm-kind.ts";
import { gatherDeals } from "../gather-deals.ts";
import { guardQuota, usualShare } from "../quota.ts";
import { remember } from "../remember.ts";
import { usableOwnFields } from "../check-fields.ts";
import { wantedFields } from "../wanted-fields.ts";
import { wantsOf } from "../wants.ts";
import { salesforceAttachments } from "./attachments.ts";
import { checkSalesforce } from "./check.ts";
import { createClient } from "./client.ts";
import { readCredentials } from "./credentials.ts";
import { salesforceDeals, type Org } from "./deal-calls.ts";
import { translateError, unfit } from "./errors.ts";
import { describeRecords, toKnownField, words, type Described } from "./known-fields.ts";
import { longId } from "./long-id.ts";
import { stagesQuery, toStages } from "./read-deal.ts";
import { setUpSalesforce } from "./set-up.ts";
import { StagesAnswer, variables } from "./schema.ts";
import { createSession, type Session } from "./session.ts";
import { signIn, type Credentials } from "./sign-in.ts";
import { createUpload } from "./upload.ts";

const stagesSeconds = 60;
const describedSeconds = 600;

/** What its fields of Countersign's own are called. */
export const ownFields = {
  contractId: "Countersign_Contract_Id__c",
  status: "Countersign_Status__c",
};

export const salesforce: CrmKind<typeof variables> = {
  id: "salesforce",
  variables,
  open({ salesforce: settings, sources }, environment, file) {
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
      return connectSalesforce(settings, sources, session, tools);
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
  sources: CrmSettings["sources"],
  session: Session,
  tools: CrmTools,
): Crm {
  const client = createClient(session, tools.timeout);
  const upload = createUpload(session, uploadTimeout);
  const wants = wantsOf(settings);
  const quotaShare = settings.quota?.share ?? usualShare;
  const guard = guardQuota(quotaShare, client.quota, tools.now);
  const call = createCalls("salesforce", { ...tools, guard }, translateError);
  const uploadCall = createCalls(
    "salesforce",
    { ...tools, guard, timeout: uploadTimeout },
    translateError,
  );
  const said = readMapping(settings, readStagesOf, "salesforce", sources);
  const mapping = settings.ownFields ? withOwnFields(said, ownFields) : said;
  const loadStages = () =>
    call("read-stages", async () =>
      toStages(await client.get("/query", StagesAnswer, { q: stagesQuery })),
    );
  const readStages = remember(loadStages, stagesSeconds, tools.now);
  const search = salesforceSearch(client, call);
  const wanted = wantedFields("salesforce", mapping);
  const describe = remember(
    () => describeRecords(client, call, "deal"),
    describedSeconds,
    tools.now,
  );
  const names = (kind: RecordKind) => mappedFields(mapping, kind);
  const org = async (): Promise<Org> => {
    const [stages, fields] = await Promise.all([readStages(), fieldsOf(describe)]);
    const own = usableOwnFields(wanted, fields.map(toKnownField), words);
    return {
      stages,
      currency: settings.currency,
      // Only an org with several currencies has the field: asked for elsewhere, it would fail the whole query.
      hasCurrencies: fields.some(({ name }) => name === "CurrencyIsoCode"),
      url: session.url(),
      fieldNames: {
        deal: [...names("deal"), ...own],
        account: names("account"),
        contact: names("contact"),
      },
    };
  };
  const deals = salesforceDeals(client, call, org);
  return {
    id: "salesforce",
    linkField: settings.linkField,
    mapping,
    matching: settings.matching === undefined ? null : { settings: settings.matching, search },
    wants,
    attachments: salesforceAttachments(client, upload, { call, uploadCall }),
    quota: client.quota,
    quotaShare,
    recordIds: {
      pattern: /^006[A-Za-z0-9]{12}([A-Za-z0-9]{3})?$/,
      looks: "15 or 18 letters and digits that begin with 006",
      whole: longId,
    },
    shownFields: { name: "Name", amount: "Amount", currency: "CurrencyIsoCode" },
    check: () =>
      checkSalesforce(client, call, readStages, mapping, wanted, { wants, share: quotaShare }),
    setup: () => setUpSalesforce(client, call, wanted),
    causes,
    unfit,
    ...gatherDeals(deals, tools.now),
  };
}

/** What cannot be found out now is left out: deals are read without it. */
async function fieldsOf(describe: () => Promise<Described | null>): Promise<Described["fields"]> {
  try {
    return (await describe())?.fields ?? [];
  } catch {
    return [];
  }
}

type Stages = Pick<SalesforceSettings["mappings"][number], "stages">;

function readStagesOf({ stages }: Stages, place: string): StageMapping[] | null {
  return stages === undefined ? null : [{ pipeline: null, place: `${place}.stages`, stages }];
}
