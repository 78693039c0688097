import { digestOf } from "@countersign/core";
import type { StuckContract } from "@countersign/store";
import type { Cause, ErrorClass } from "../crms/cause.ts";

/** Contracts that one cause stops, and what mends it. */
export type FailureGroup = {
  /** Names the group, as `--group` takes it. */
  group: string;
  /** The CRM, `<crm>-files` for its files and notes, or `<crm>-write-back` for its deals' ids. */
  crm: string;
  class: ErrorClass;
  code: string;
  /** One of the messages. */
  message: string;
  fix: string;
  count: number;
  /** ISO 8601, UTC. */
  first: string;
  latest: string;
  /** The latest of them. */
  examples: { contractId: string; recordId: string }[];
};

/** Groups what is stuck by its cause, the largest group first. Messages that differ only in ids are one cause. */
export function groupFailures(
  stuck: readonly StuckContract[],
  findCause: (crm: string, code: string) => Cause,
  examples: number,
): FailureGroup[] {
  const groups = Map.groupBy(stuck, groupOf);
  return [...groups]
    .map(([group, all]) => {
      const [latest] = all.toSorted((a, b) => b.at.localeCompare(a.at));
      const { destination: crm, code, message, at } = latest ?? nothing;
      const cause = findCause(crm, code);
      return {
        group,
        crm,
        class: cause.class,
        code,
        message,
        fix: cause.fix,
        count: all.length,
        first: all.map((one) => one.at).toSorted()[0] ?? at,
        latest: at,
        examples: all
          .slice(0, examples)
          .map(({ contractId, target }) => ({ contractId, recordId: target })),
      };
    })
    .toSorted((a, b) => b.count - a.count || a.group.localeCompare(b.group));
}

const nothing = { destination: "", code: "", message: "", at: "" };

/** `hubspot-INVALID_OPTION-3f2a1b`: the same as long as the cause is the same. */
export function groupOf({ destination, code, message }: StuckContract): string {
  return `${destination}-${code}-${digestOf(withoutIds(message)).slice(0, 6)}`;
}

/** What differs from record to record says nothing of the cause: ids, numbers, times. */
function withoutIds(message: string): string {
  return message
    .replaceAll(/\(correlation id [^()]*\)/g, "")
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/gi, "#")
    .replaceAll(/\b00[1-9a-zA-Z][A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?\b/g, "#")
    .replaceAll(/\d+(?:[.,:T-]+\d+)*Z?/g, "#")
    .trim();
}
