import type { HubspotSettings } from "@countersign/service";
import { findUnknownStages } from "../../plan-stage.ts";
import { createCalls } from "../calls.ts";
import type { Crm, Mapping } from "../crm.ts";
import type { CrmKind, CrmTools } from "../crm-kind.ts";
import { gatherDeals } from "../gather-deals.ts";
import { mappedFields } from "../mapped-fields.ts";
import { remember } from "../remember.ts";
import { createClient, type HubspotClient } from "./client.ts";
import { hubspotDeals } from "./deal-calls.ts";
import { translateError } from "./errors.ts";
import { paths } from "./paths.ts";
import { toPipelines } from "./read-deal.ts";
import { PipelinesAnswer, variables } from "./schema.ts";

const pipelinesSeconds = 60;

export const hubspot: CrmKind<typeof variables> = {
  id: "hubspot",
  variables,
  open({ hubspot: settings }, environment, file) {
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
      connectHubspot(settings, createClient(token, url, tools.timeout, limit), tools);
    return { is: "configured", connect };
  },
};

function connectHubspot(settings: HubspotSettings, client: HubspotClient, tools: CrmTools): Crm {
  const call = createCalls("hubspot", tools, translateError);
  const mapping = toMapping(settings);
  const loadPipelines = () =>
    call("read-stages", async () =>
      toPipelines(await client.get(paths.pipelines, PipelinesAnswer)),
    );
  const readPipelines = remember(loadPipelines, pipelinesSeconds, tools.now);
  const deals = hubspotDeals(client, call, readPipelines, mappedFields(mapping));
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
    ...gatherDeals(deals, tools.now),
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
