import type { z } from "zod";
import type { Deal, Stage } from "../crm.ts";
import type { DealAnswer, PipelinesAnswer } from "./schema.ts";

export type Pipelines = Map<string, Stage[]>;

/** Stages by pipeline, each in the order in which HubSpot shows them. */
export function toPipelines(answer: z.infer<typeof PipelinesAnswer>): Pipelines {
  return new Map(
    answer.results.map(({ id, stages }) => [
      id,
      stages
        .toSorted((a, b) => a.displayOrder - b.displayOrder)
        .map(({ id, label, archived, metadata }) => ({
          id,
          label,
          closed: closedAs(metadata),
          retired: archived,
        })),
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

export const alwaysRead = ["dealstage", "pipeline"];

export function toDeal(
  { id, properties, updatedAt }: z.infer<typeof DealAnswer>,
  pipelines: Pipelines,
  fieldNames: readonly string[],
): Deal {
  const pipeline = properties["pipeline"] ?? null;
  const stage = properties["dealstage"] ?? "";
  const stages = pipelines.get(pipeline ?? "") ?? [];
  return {
    recordId: id,
    pipeline,
    stage,
    closed: stages.find(({ id }) => id === stage)?.closed ?? null,
    stages,
    fields: Object.fromEntries(fieldNames.map((name) => [name, properties[name] || null])),
    changedAt: updatedAt,
  };
}
