import type { Deal, Mapping, Stage } from "../crms/crm.ts";

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
export function aDeal(stageId: string, fields: Deal["fields"] = {}): Deal {
  return {
    recordId: "1",
    pipeline: "sales",
    stage: stageId,
    closed: stages.find(({ id }) => id === stageId)?.closed ?? null,
    stages,
    fields: { status: null, signed: null, link: null, ...fields },
    changedAt: "2026-05-04T09:00:00.000Z",
  };
}

export const mapping: Mapping = {
  stages: [
    {
      pipeline: "sales",
      place: "hubspot.pipelines.sales",
      stages: {
        sent: "proposal",
        viewed: "review",
        partially_signed: "review",
        completed: "won",
        declined: "lost",
      },
    },
  ],
  fields: { status: "status", signedDate: "signed", url: "link" },
};
