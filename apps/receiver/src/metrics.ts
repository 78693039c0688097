import { createMetrics } from "@countersign/service";
import { Counter, Histogram } from "prom-client";

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
  return { registry, deliveries, refused, seconds };
}

export type ReceiverMetrics = ReturnType<typeof createReceiverMetrics>;
