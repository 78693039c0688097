import type { StageMapping } from "../mapping/mapping.ts";
import type { Stage } from "./crm.ts";
import type { Fault } from "./fault.ts";

/** Which stages that countersign.yaml names do not exist, or take no deals any more. */
export function judgeStages(mapping: StageMapping, stages: readonly Stage[]): Fault[] {
  const usable = stages.filter(({ retired }) => !retired);
  return Object.entries(mapping.stages)
    .filter(([, wanted]) => !usable.some(({ id }) => id === wanted))
    .map(([status, wanted]) => ({
      code: "unknown-stage",
      place: `${mapping.place}.${status}`,
      message: `${mapping.place}.${status} in countersign.yaml says "${wanted}", but there is no such stage.`,
      fix: `Set it to one of ${usable.map(nameOf).join(", ")}.`,
      stops: { what: "stage", pipeline: mapping.pipeline },
    }));
}

function nameOf({ id, label }: Stage): string {
  return id === label ? `"${id}"` : `"${id}" (${label})`;
}
