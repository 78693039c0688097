export type Stage = { id: string; label: string; probability: string; closed: boolean };
export type Pipeline = { id: string; label: string; stages: Stage[] };

/** The pipeline every HubSpot account starts with, and one whose stage ids say nothing, as accounts of one's own have. */
export const pipelines: readonly Pipeline[] = [
  {
    id: "default",
    label: "Sales Pipeline",
    stages: [
      stage("appointmentscheduled", "Appointment Scheduled", "0.2"),
      stage("qualifiedtobuy", "Qualified To Buy", "0.4"),
      stage("presentationscheduled", "Presentation Scheduled", "0.6"),
      stage("decisionmakerboughtin", "Decision Maker Bought-In", "0.8"),
      stage("contractsent", "Contract Sent", "0.9"),
      closed("closedwon", "Closed Won", "1.0"),
      closed("closedlost", "Closed Lost", "0.0"),
    ],
  },
  {
    id: "75318642",
    label: "Renewals",
    stages: [
      stage("154862031", "Renewal Due", "0.5"),
      stage("154862032", "Terms Agreed", "0.8"),
      closed("154862033", "Renewed", "1.0"),
      closed("154862034", "Churned", "0.0"),
    ],
  },
];

function stage(id: string, label: string, probability: string): Stage {
  return { id, label, probability, closed: false };
}

function closed(id: string, label: string, probability: string): Stage {
  return { id, label, probability, closed: true };
}

export function isWon(stage: Stage): boolean {
  return stage.closed && Number(stage.probability) === 1;
}

export function findStage(
  pipelineId: string | null | undefined,
  stageId: string,
): Stage | undefined {
  return pipelines.find(({ id }) => id === pipelineId)?.stages.find(({ id }) => id === stageId);
}

/** In the shape of `GET /crm/v3/pipelines/deals` (specs/hubspot, Pipelines_Pipeline). */
export function describePipeline(pipeline: Pipeline, displayOrder: number) {
  const times = { createdAt: "2026-01-12T09:00:00.000Z", updatedAt: "2026-01-12T09:00:00.000Z" };
  return {
    id: pipeline.id,
    label: pipeline.label,
    displayOrder,
    archived: false,
    ...times,
    stages: pipeline.stages.map((stage, order) => ({
      id: stage.id,
      label: stage.label,
      displayOrder: order,
      metadata: { isClosed: String(stage.closed), probability: stage.probability },
      archived: false,
      writePermissions: "CRM_PERMISSIONS_ENFORCEMENT",
      ...times,
    })),
  };
}
