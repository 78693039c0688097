import { setTimeout as sleep } from "node:timers/promises";
import { createMetrics } from "@countersign/service";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** What the receiver counts. */
export function createReceiverMetrics() {
  const registry = createMetrics("receiver");
  const deliveries = new Counter({
    name: "countersign_deliveries_total",
    help: "Webhook requests by source and what became of them",
    labelNames: ["source", "outcome"],
    registers: [registry],
  });
  const refused = new Counter({
    name: "countersign_refused_total",
    help: "Webhook requests that were not authentic, by reason",
    labelNames: ["source", "reason"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "countersign_delivery_seconds",
    help: "From the end of the request's headers to its answer, reading its body included",
    labelNames: ["source"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  const readUp = new Counter({
    name: "countersign_deliveries_read_up_total",
    help: "Deliveries that were kept first and read afterwards, by what became of them",
    labelNames: ["outcome"],
    registers: [registry],
  });
  return { registry, deliveries, refused, seconds, readUp };
}

/** A scrape is answered in time whatever the database does, in milliseconds. */
const longestWait = 1_000;

/** Shows on each scrape how many deliveries nobody has read yet, by any receiver; nothing while that cannot be read. */
export function watchUnread(registry: Registry, count: () => Promise<number>): void {
  const gauge = new Gauge({
    name: "countersign_unread_deliveries",
    help: "Deliveries that were answered and are still to be read into contracts",
    registers: [],
    async collect() {
      this.reset();
      const unread = await Promise.race([count(), sleep(longestWait, null)]).catch(() => null);
      if (unread !== null) this.set(unread);
    },
  });
  registry.registerMetric(gauge);
}

export type ReceiverMetrics = ReturnType<typeof createReceiverMetrics>;
