import type { HubspotSettings } from "@countersign/service";
import { findUnknownStages } from "../../plan-stage.ts";
import { createCalls } from "../calls.ts";
import type { Crm, Mapping } from "../crm.ts";
import type { CrmKind, CrmTools } from "../crm-kind.ts";
import { mappedFields } from "../mapped-fields.ts";
import { remember } from "../remember.ts";
import { createClient, type HubspotClient } from "./client.ts";
import { isNotFound, translateError } from "./errors.ts";
import { alwaysRead, toDeal, toPipelines } from "./read-deal.ts";
import { DealAnswer, PipelinesAnswer, variables } from "./schema.ts";
import { toProperties } from "./write-deal.ts";

/** v3 is supported until September 2027 (developers.hubspot.com, changelog); every path stands here. */
const paths = {
  deal: (id: string) => `/crm/v3/objects/deals/${encodeURIComponent(id)}`,
  pipelines: "/crm/v3/pipelines/deals",
};

const pipelinesSeconds = 60;

export const hubspot: CrmKind<typeof variables> = {
  id: "hubspot",
  variables,
  open({ hubspot: settings }, environment, file) {
    if (settings === undefined) return { is: "off" };
    const { HUBSPOT_ACCESS_TOKEN: token, HUBSPOT_API_URL: url } = environment;
    if (token === undefined) {
      return {
        is: "without-credentials",
        message: `${file} has a section hubspot, but the environment variable HUBSPOT_ACCESS_TOKEN is not set. Set it, or take the section out.`,
      };
    }
    const connect = (tools: CrmTools) =>
      connectHubspot(settings, createClient(token, url, tools.timeout), tools);
    return { is: "configured", connect };
  },
};

function connectHubspot(settings: HubspotSettings, client: HubspotClient, tools: CrmTools): Crm {
  const call = createCalls("hubspot", tools, translateError);
  const mapping = toMapping(settings);
  const fieldNames = mappedFields(mapping);
  const properties = [...alwaysRead, ...fieldNames].join(",");
  const loadPipelines = () =>
    call("read-stages", async () =>
      toPipelines(await client.get(paths.pipelines, PipelinesAnswer)),
    );
  const readPipelines = remember(loadPipelines, pipelinesSeconds, tools.now);
  const readProperties = (recordId: string) =>
    call("read-deal", () =>
      client.get(paths.deal(recordId), DealAnswer, { properties }).catch(nullWhereMissing),
    );
  return {
    id: "hubspot",
    linkField: settings.linkField,
    mapping,
    recordIds: { pattern: /^[0-9]{1,20}$/, looks: "a number, such as 1234567890" },
    async check() {
      const pipelines = await readPipelines();
      return mapping.stages.flatMap((stages) => {
        const known = pipelines.get(stages.pipeline ?? "");
        if (known !== undefined) return findUnknownStages(stages, known);
        return `${stages.place} in countersign.yaml: HubSpot has no pipeline "${stages.pipeline}". The pipelines are ${[...pipelines.keys()].join(", ")}.`;
      });
    },
    async readDeal(recordId) {
      const pipelines = await readPipelines();
      const answer = await readProperties(recordId);
      return answer === null ? null : toDeal(answer, pipelines, fieldNames);
    },
    async writeDeal({ recordId }, values) {
      const body = { properties: toProperties(values) };
      await call("write-deal", () => client.patch(paths.deal(recordId), body));
      return "written";
    },
  };
}

function toMapping({ pipelines, fields }: HubspotSettings): Mapping {
  const stages = Object.entries(pipelines).map(([pipeline, stages]) => ({
    pipeline,
    place: `hubspot.pipelines.${pipeline}`,
    stages,
  }));
  return { stages, fields };
}

function nullWhereMissing(error: unknown): null {
  if (isNotFound(error)) return null;
  throw error;
}
