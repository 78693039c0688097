import type { z } from "zod";
import type { Deal, Stage } from "../crm.ts";
import type { OpportunityAnswer, StagesAnswer } from "./schema.ts";

export const stagesQuery =
  "SELECT ApiName, MasterLabel, SortOrder, IsActive, IsClosed, IsWon FROM OpportunityStage ORDER BY SortOrder";

export const alwaysRead = ["Id", "StageName", "IsClosed", "IsWon", "LastModifiedDate"];

export function toStages({ records }: z.infer<typeof StagesAnswer>): Stage[] {
  return records
    .toSorted((a, b) => a.SortOrder - b.SortOrder)
    .map((record) => ({
      id: record.ApiName,
      label: record.MasterLabel,
      closed: closedAs(record),
      retired: !record.IsActive,
    }));
}

export function toDeal(
  answer: z.infer<typeof OpportunityAnswer>,
  stages: Stage[],
  fieldNames: readonly string[],
): Deal {
  return {
    recordId: answer.Id,
    pipeline: null,
    stage: answer.StageName ?? "",
    closed: closedAs(answer),
    stages,
    fields: Object.fromEntries(fieldNames.map((name) => [name, toText(answer[name])])),
    changedAt: answer.LastModifiedDate,
  };
}

function closedAs({ IsClosed, IsWon }: { IsClosed: boolean; IsWon: boolean }): Stage["closed"] {
  if (!IsClosed) return null;
  return IsWon ? "won" : "lost";
}

function toText(value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}
