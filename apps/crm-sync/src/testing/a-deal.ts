import type { Deal, Stage } from "../crms/crm.ts";
import type { FieldWrite, Rules, StageMapping } from "../mapping/mapping.ts";

const stage = (id: string, closed: Stage["closed"] = null): Stage => ({
  id,
  label: id.toUpperCase(),
  closed,
  retired: false,
});

export const stages: Stage[] = [
  stage("early"),
  { ...stage("old"), retired: true },
  stage("proposal"),
  stage("review"),
  stage("won", "won"),
  stage("lost", "lost"),
];

/** A deal in its stage, with empty fields unless said otherwise. */
export function aDeal(
  stageId: string,
  fields: Deal["fields"] = {},
  more: Partial<Deal> = {},
): Deal {
  return {
    recordId: "1",
    formerIds: [],
    pipeline: "sales",
    pipelineLabel: "Sales",
    stage: stageId,
    closed: stages.find(({ id }) => id === stageId)?.closed ?? null,
    stages,
    fields: { status: null, signed: null, link: null, ...fields },
    account: null,
    contacts: [],
    facts: { name: "Lease", amount: null },
    changedAt: "2026-05-04T09:00:00.000Z",
    ...more,
  };
}

export const stageMapping: StageMapping = {
  pipeline: "sales",
  place: "hubspot.pipelines.sales",
  stages: {
    sent: "proposal",
    viewed: "review",
    partially_signed: "review",
    completed: "won",
    declined: "lost",
  },
};

/** A line of countersign.yaml that writes a value of the contract to a field of the deal, by the rule "ours". */
export function aLine(
  to: string,
  name: Extract<FieldWrite["from"], { kind: "value" }>["name"],
  more: Partial<FieldWrite> = {},
): FieldWrite {
  const from = { kind: "value", name } as const;
  return { on: "deal", to, from, rule: "ours", as: "date", values: {}, own: false, ...more };
}

export const rules: Rules = {
  name: "default",
  stages: [stageMapping],
  writes: [aLine("status", "status"), aLine("signed", "completedAt"), aLine("link", "url")],
  several: "any",
  primaryField: "primary_contract",
};
