import type { RecordKind } from "../mapping/mapping.ts";
import type { Quota } from "./quota.ts";

/** Something that keeps Countersign from writing what countersign.yaml says, or soon will. */
export type Fault = {
  /** Names the kind, such as `no-such-field`; the CRM's own code where it is the CRM's. */
  code: string;
  /** Where to look: a setting of countersign.yaml, an environment variable, or the CRM. */
  place: string;
  message: string;
  /** What a person does about it, with the exact grant or value. */
  fix: string;
  stops: Stops;
};

/** Which writes cannot be right while the fault stands: of all, or of some records. A field's `value` is null where it is about every value. */
export type Stops =
  | { what: "everything" }
  | { what: "stage"; pipeline: string | null }
  | { what: "record"; on: RecordKind }
  | { what: "field"; on: RecordKind; field: string; value: string | null }
  /** A warning. */
  | { what: "nothing" };

export const stopsEverything: Stops = { what: "everything" };
export const stopsNothing: Stops = { what: "nothing" };

/** Whether it holds anything back: a warning does not. */
export function holdsBack({ stops }: Fault): boolean {
  return stops.what !== "nothing";
}

type Values = { fields: Readonly<Record<string, string | number | boolean | null>> };

/** The fault that stands in the way of this write, or null. What a fault is not about goes on. */
export function faultInTheWay(
  faults: readonly Fault[],
  on: RecordKind,
  values: Values,
): Fault | null {
  return faults.find(({ stops }) => isConcerned(stops, on, values)) ?? null;
}

/** A stage that does not exist is never planned, so no write need be held back for it. */
function isConcerned(stops: Stops, on: RecordKind, { fields }: Values): boolean {
  switch (stops.what) {
    case "everything":
      return true;
    case "record":
      return stops.on === on;
    case "field": {
      if (stops.on !== on) return false;
      const written = fields[stops.field];
      return written !== undefined && (stops.value === null || stops.value === String(written));
    }
    case "stage":
    case "nothing":
      return false;
  }
}

/** A tenth of the day's calls is what other apps of the account may still count on. `share`: what we use of them. */
export function judgeQuota(crm: string, quota: Quota | null, share: number): Fault[] {
  const kept = Math.max(0.1, 1 - share);
  if (quota === null || quota.left > quota.limit * kept) return [];
  return [
    {
      code: "quota-low",
      place: crm,
      message: `Of the day's ${quota.limit} calls only ${quota.left} are left.`,
      fix: "Find out what else calls the CRM, or buy more calls. From quota.share of them on Countersign waits, and catches up.",
      stops: stopsNothing,
    },
  ];
}
