import { createMetrics } from "@countersign/service";
import { Counter, Gauge, Histogram } from "prom-client";

/** What crm-sync counts. */
export function createCrmMetrics() {
  const registry = createMetrics("crm-sync");
  const calls = new Counter({
    name: "crm_calls_total",
    help: "Calls to a CRM by operation and how they ended",
    labelNames: ["crm", "operation", "result"],
    registers: [registry],
  });
  const followed = new Counter({
    name: "contracts_followed_total",
    help: "Looks at a contract by CRM and how they ended",
    labelNames: ["crm", "outcome"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "contract_followed_seconds",
    help: "How long a look at a contract took that brought its deal up to date",
    labelNames: ["crm"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const paused = new Gauge({
    name: "destination_paused",
    help: "1 while a CRM refuses our credentials and its queue waits",
    labelNames: ["destination"],
    registers: [registry],
  });
  const fileReads = new Counter({
    name: "provider_file_reads_total",
    help: "Lists and files of completed contracts read at a source's provider, by how they ended",
    labelNames: ["source", "result"],
    registers: [registry],
  });
  const fieldCalls = new Counter({
    name: "provider_field_calls_total",
    help: "Reads and writes of contracts' fields at a source's provider, by how they ended",
    labelNames: ["source", "operation", "result"],
    registers: [registry],
  });
  return { registry, calls, followed, seconds, paused, fileReads, fieldCalls };
}

export type CrmMetrics = ReturnType<typeof createCrmMetrics>;
