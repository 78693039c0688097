import type { HubspotSettings } from "@countersign/service";
import { mappedFields, type RecordKind, type StageMapping } from "../../mapping/mapping.ts";
import { withOwnFields } from "../../mapping/own-fields.ts";
import { readMapping } from "../../mapping/read-mapping.ts";
import { createCalls, uploadTimeout } from "../calls.ts";
import type { Crm } from "../crm.ts";
import type { CrmKind, CrmSettings, CrmTools } from "../crm-kind.ts";
import { gatherDeals } from "../gather-deals.ts";
import { guardQuota, usualShare } from "../quota.ts";
import { remember } from "../remember.ts";
import { usableOwnFields } from "../check-fields.ts";
import { wantedFields } from "../wanted-fields.ts";
import { wantsOf } from "../wants.ts";
import { hubspotAttachments } from "./attachments.ts";
import { hubspotSearch } from "./candidates.ts";
import { causes } from "./causes.ts";
import { checkHubspot } from "./check.ts";
import { createClient, type HubspotClient } from "./client.ts";
import { hubspotDeals } from "./deal-calls.ts";
import { translateError, unfit } from "./errors.ts";
import { readKnownFields, words } from "./known-fields.ts";
import { ownersPages, rememberOwners } from "./owners.ts";
import { paths } from "./paths.ts";
import { toPipelines } from "./read-deal.ts";
import { readRelated } from "./related.ts";
import { setUpHubspot } from "./set-up.ts";
import { PipelinesAnswer, variables } from "./schema.ts";
import { readSurroundings } from "./surroundings.ts";
import { whereAllowed } from "./unless-withheld.ts";
import { createUpload, type Upload } from "./upload.ts";

const pipelinesSeconds = 60;
const ownFieldsSeconds = 600;

/** What its fields of Countersign's own are called. */
export const ownFields = { contractId: "countersign_contract_id", status: "countersign_status" };

export const hubspot: CrmKind<typeof variables> = {
  id: "hubspot",
  variables,
  open({ hubspot: settings, sources }, environment, file) {
    if (settings === undefined) return { is: "off" };
    const { HUBSPOT_ACCESS_TOKEN: token, HUBSPOT_API_URL: url } = environment;
    const limit = environment.HUBSPOT_CALLS_PER_10_SECONDS;
    if (token === undefined) {
      return {
        is: "without-credentials",
        message: `${file} has a section hubspot, but the environment variable HUBSPOT_ACCESS_TOKEN is not set. Set it, or take the section out.`,
      };
    }
    const connect = (tools: CrmTools) =>
      connectHubspot(
        settings,
        sources,
        createClient(token, url, tools.timeout, limit),
        createUpload({
          accessToken: token,
          basePath: url,
          timeout: uploadTimeout,
          callsPer10Seconds: limit,
        }),
        tools,
      );
    return { is: "configured", connect };
  },
};

function connectHubspot(
  settings: HubspotSettings,
  sources: CrmSettings["sources"],
  client: HubspotClient,
  upload: Upload,
  tools: CrmTools,
): Crm {
  const wants = wantsOf(settings);
  const quotaShare = settings.quota?.share ?? usualShare;
  const guard = guardQuota(quotaShare, client.quota, tools.now);
  const call = createCalls("hubspot", { ...tools, guard }, translateError);
  const uploadCall = createCalls(
    "hubspot",
    { ...tools, guard, timeout: uploadTimeout },
    translateError,
  );
  const said = readMapping(settings, readPipelines, "hubspot", sources);
  const mapping = settings.ownFields ? withOwnFields(said, ownFields) : said;
  const loadPipelines = () =>
    call("read-stages", async () =>
      toPipelines(await client.get(paths.pipelines, PipelinesAnswer)),
    );
  const pipelines = remember(loadPipelines, pipelinesSeconds, tools.now);
  const owners = rememberOwners(ownersPages(client, call), tools.now);
  const search = hubspotSearch(client, call, owners);
  const wanted = wantedFields("hubspot", mapping);
  const fieldNames = (kind: RecordKind) => mappedFields(mapping, kind);
  const related = { account: fieldNames("account"), contact: fieldNames("contact") };
  const readOwnFields = async () => {
    if (!settings.ownFields) return [];
    const known = await whereAllowed([], () => readKnownFields(client, call, "deal"));
    return [...usableOwnFields(wanted, known, words)];
  };
  const usable = remember(readOwnFields, ownFieldsSeconds, tools.now);
  const deals = hubspotDeals(client, call, {
    pipelines,
    surroundings: readSurroundings(client, call, owners, tools.now),
    related: readRelated(client, call, related, tools.now),
    fieldNames: async () => [...fieldNames("deal"), ...(await usable())],
  });
  return {
    id: "hubspot",
    linkField: settings.linkField,
    mapping,
    matching: settings.matching === undefined ? null : { settings: settings.matching, search },
    wants,
    attachments: hubspotAttachments(client, upload, { call, uploadCall }),
    quota: client.quota,
    quotaShare,
    recordIds: { pattern: /^[0-9]{1,20}$/, looks: "a number, such as 1234567890" },
    shownFields: { name: "dealname", amount: "amount", currency: "deal_currency_code" },
    check: () =>
      checkHubspot(client, call, pipelines, mapping, wanted, {
        matches: settings.matching !== undefined,
        wants,
        share: quotaShare,
        now: tools.now(),
      }),
    setup: () => setUpHubspot(client, call, wanted),
    causes,
    unfit,
    ...gatherDeals(deals, tools.now),
  };
}

type Pipelines = Pick<HubspotSettings["mappings"][number], "pipelines">;

function readPipelines({ pipelines }: Pipelines, place: string): StageMapping[] | null {
  if (pipelines === undefined) return null;
  return Object.entries(pipelines).map(([pipeline, stages]) => ({
    pipeline,
    place: `${place}.pipelines.${pipeline}`,
    stages,
  }));
}
