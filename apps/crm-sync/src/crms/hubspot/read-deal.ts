import type { z } from "zod";
import type { Deal, Stage } from "../crm.ts";
import { readFields } from "./properties.ts";
import type { Related } from "./related.ts";
import type { DealAnswer, PipelinesAnswer } from "./schema.ts";
import type { Surroundings } from "./surroundings.ts";

export type Pipelines = Map<string, { label: string; stages: Stage[] }>;

/** Pipelines by id, the stages of each in the order in which HubSpot shows them. */
export function toPipelines(answer: z.infer<typeof PipelinesAnswer>): Pipelines {
  return new Map(
    answer.results.map(({ id, label, stages }) => [
      id,
      {
        label,
        stages: stages
          .toSorted((a, b) => a.displayOrder - b.displayOrder)
          .map(({ id, label, archived, metadata }) => ({
            id,
            label,
            closed: closedAs(metadata),
            retired: archived,
          })),
      },
    ]),
  );
}

/** HubSpot closes a deal as won where its stage's probability is 1, and as lost where it is 0. */
function closedAs(metadata: {
  isClosed?: string | undefined;
  probability?: number | undefined;
}): Stage["closed"] {
  if (metadata.isClosed !== "true") return null;
  return metadata.probability === 1 ? "won" : "lost";
}

/**
 * `hs_primary_associated_company` holds the company's id, so that no association need be read for it;
 * `hs_merged_object_ids` those of the deals that were merged into this one, between semicolons.
 */
export const alwaysRead = [
  "dealstage",
  "pipeline",
  "dealname",
  "amount",
  "deal_currency_code",
  "hubspot_owner_id",
  "hs_primary_associated_company",
  "hs_merged_object_ids",
];

export function toDeal(
  { id, properties, updatedAt }: z.infer<typeof DealAnswer>,
  pipelines: Pipelines,
  fieldNames: readonly string[],
  { account, contacts, accountName }: Related,
  { owners, details }: Surroundings,
): Deal {
  const pipelineId = properties["pipeline"] ?? null;
  const stage = properties["dealstage"] ?? "";
  const pipeline = pipelines.get(pipelineId ?? "");
  const stages = pipeline?.stages ?? [];
  const ownerId = properties["hubspot_owner_id"] || null;
  return {
    recordId: id,
    formerIds: (properties["hs_merged_object_ids"] ?? "")
      .split(";")
      .filter((former) => former !== "" && former !== id),
    pipeline: pipelineId,
    pipelineLabel: pipeline?.label ?? null,
    stage,
    closed: stages.find(({ id }) => id === stage)?.closed ?? null,
    stages,
    fields: readFields(properties, fieldNames),
    account,
    contacts,
    facts: {
      name: properties["dealname"] || null,
      amount: properties["amount"] ? Number(properties["amount"]) : null,
      currency: properties["deal_currency_code"] || details?.companyCurrency,
      account: accountName,
      ownerEmail: ownerId === null ? null : owners?.get(ownerId),
      url: details && `https://${details.uiDomain}/contacts/${details.portalId}/record/0-3/${id}`,
    },
    changedAt: updatedAt,
  };
}
