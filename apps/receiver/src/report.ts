import type { Log } from "@countersign/service";
import type { FollowOptions, PauseChange, Recorded } from "@countersign/store";
import type { ReceiverMetrics } from "./metrics.ts";
import type { Received } from "./receive.ts";

/** What goes wrong many times over is logged at most once in this many milliseconds, so that noise cannot fill the logs. */
const quietMilliseconds = 10_000;

/** One metric for each request, and one log line for each that was taken. */
export function createReport(log: Log, metrics: ReceiverMetrics, now: () => Date) {
  const seldom = createSeldom(now);
  return (source: string, received: Received, seconds: number): void => {
    const { outcome } = received;
    metrics.deliveries.inc({ source, outcome });
    metrics.seconds.observe({ source }, seconds);
    switch (outcome) {
      case "recorded":
      case "kept":
      case "duplicate":
      case "quarantined":
        log.info({ source, seconds, ...received }, "delivery");
        return;
      case "refused":
        metrics.refused.inc({ source, reason: received.reason });
        seldom(`${source} refused`, (unsaid) =>
          log.warn({ source, reason: received.reason, unsaid }, "delivery refused"),
        );
        return;
      case "unavailable":
        seldom(`${source} unavailable`, (unsaid) =>
          log.error({ source, error: received.error, unsaid }, "delivery not stored"),
        );
        return;
      case "too-fast":
      case "overloaded":
      case "too-large":
      case "compressed":
      case "cut-off":
        seldom(`${source} ${outcome}`, (unsaid) =>
          log.warn({ source, outcome, unsaid }, "request turned away"),
        );
    }
  };
}

/** One log line for each delivery that was kept first and has been read now. */
export function createReadUpReport(log: Log, metrics: ReceiverMetrics) {
  return (ends: Recorded[]): void => {
    for (const end of ends) {
      metrics.readUp.inc({ outcome: end.outcome });
      log.info(end, "delivery read");
    }
  };
}

/** Says a thing of one kind, and how many of the kind were not said since the last. */
function createSeldom(now: () => Date) {
  const kinds = new Map<string, { at: number; unsaid: number }>();
  return (kind: string, say: (unsaid: number) => void): void => {
    const at = now().getTime();
    const last = kinds.get(kind);
    if (last !== undefined && Math.abs(at - last.at) < quietMilliseconds) {
      last.unsaid += 1;
      return;
    }
    kinds.set(kind, { at, unsaid: 0 });
    say(last?.unsaid ?? 0);
  };
}

/** What reading contracts back says in the logs. */
export function reportConfirming(log: Log): {
  onOutcome: Required<FollowOptions>["onOutcome"];
  onPause: (source: string, change: PauseChange) => void;
} {
  return {
    onOutcome(end) {
      const { contractId, outcome, seconds } = end;
      if (end.outcome === "permanent" || end.outcome === "failed") {
        log.warn({ contractId, outcome, seconds, error: end.error }, "ending not confirmed");
      } else log.debug({ contractId, outcome, seconds }, "ending looked at");
    },
    onPause(source, change) {
      if (!change.paused) return log.info({ source }, "the provider takes our credentials again");
      const { code } = change;
      log.error({ source, code }, "the provider refuses our credentials, confirming is paused");
    },
  };
}
