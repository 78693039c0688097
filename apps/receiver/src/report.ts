import type { Log } from "@countersign/service";
import type { FollowOptions } from "@countersign/store";
import type { ReceiverMetrics } from "./metrics.ts";
import type { Received } from "./receive.ts";

/** A source's refusals are logged at most once in this many milliseconds, so that noise cannot fill the logs. */
const refusalLogInterval = 10_000;

/** One metric and one log line for each request, so that the two cannot drift apart. */
export function createReport(log: Log, metrics: ReceiverMetrics, now: () => Date) {
  const lastRefusal = new Map<string, number>();
  return (source: string, received: Received, seconds: number): void => {
    metrics.deliveries.inc({ source, outcome: received.outcome });
    metrics.seconds.observe({ source }, seconds);
    if (received.outcome === "unavailable") {
      log.error({ source, error: received.error }, "delivery not stored");
      return;
    }
    if (received.outcome !== "refused") {
      log.info({ source, seconds, ...received }, "delivery");
      return;
    }
    metrics.refused.inc({ source, reason: received.reason });
    const at = now().getTime();
    if (at - (lastRefusal.get(source) ?? 0) < refusalLogInterval) return;
    lastRefusal.set(source, at);
    log.warn({ source, reason: received.reason }, "delivery refused");
  };
}

/** What reading contracts back says in the logs. */
export function reportConfirming(log: Log): Required<Pick<FollowOptions, "onOutcome" | "onPause">> {
  return {
    onOutcome(end) {
      const { contractId, outcome, seconds } = end;
      if (end.outcome === "permanent" || end.outcome === "failed") {
        log.warn({ contractId, outcome, seconds, error: end.error }, "ending not confirmed");
      } else log.debug({ contractId, outcome, seconds }, "ending looked at");
    },
    onPause(change) {
      if (!change.paused) log.info("the provider takes our credentials again");
      else
        log.error(
          { code: change.code },
          "a provider refuses our credentials, confirming is paused",
        );
    },
  };
}
