import type { Log } from "@countersign/service";
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
