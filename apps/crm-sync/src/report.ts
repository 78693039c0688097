import type { Log } from "@countersign/service";
import type { Followed, PauseChange } from "@countersign/store";
import type { CrmMetrics } from "./metrics.ts";

/** Hears that a queue waits, or goes on. */
export type Alert = (queue: string, change: PauseChange) => void;

/** One alert for one reason, also where it holds up several queues of a CRM; and one when all go on. */
export function createAlert(log: Log): Alert {
  const reasons = new Map<string, string>();
  return (crm, change) => {
    if (change.paused) {
      const isKnown = [...reasons.values()].includes(change.code);
      reasons.set(crm, change.code);
      if (!isKnown) log.error({ crm, ...change }, "credentials refused: queue waits");
      return;
    }
    reasons.delete(crm);
    if (reasons.size === 0) log.info({ crm }, "credentials work again: queue goes on");
  };
}

/** One metric and one log line for each look at a contract, so that the two cannot drift apart. */
export function createReport(
  crm: string,
  log: Log,
  metrics: CrmMetrics,
  alert: Alert = createAlert(log),
) {
  metrics.paused.set({ destination: crm }, 0);
  return {
    onOutcome(followed: Followed): void {
      metrics.followed.inc({ crm, outcome: followed.outcome });
      if (followed.outcome === "followed") metrics.seconds.observe({ crm }, followed.seconds);
      log[levels[followed.outcome]]({ crm, ...dataOf(followed) }, "contract followed");
    },
    onError(error: unknown): void {
      log.warn({ crm, error }, "queue could not be read or written");
    },
    onPause(change: PauseChange): void {
      metrics.paused.set({ destination: crm }, change.paused ? 1 : 0);
      alert(crm, change);
    },
  };
}

const levels = {
  followed: "info",
  current: "debug",
  later: "info",
  permanent: "warn",
  failed: "warn",
} as const;

/** Of an error that will not go away, what it says; the stack says nothing more. */
function dataOf(followed: Followed): object {
  if (followed.outcome !== "permanent") return followed;
  const { error, ...rest } = followed;
  return { ...rest, code: error.code, reason: error.message };
}
