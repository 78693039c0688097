import { latencySeconds } from "./parts/latency.ts";
import type { DurableThroughput, Growth, RateLatency, Result, Throughput } from "./result.ts";
import type { Latency } from "./statistics.ts";
import { alignColumns } from "./table.ts";
import type { Target } from "./targets.ts";

/** The result as the text that people read. */
export function renderReport(result: Result, targets: readonly Target[]): string {
  const { machine, latency, drain, growth } = result;
  const tables = [
    [
      `${machine.cores} cores, Node ${machine.node}, PostgreSQL ${machine.postgres}, ` +
        `fsync ${machine.fsync}, synchronous_commit ${machine.synchronousCommit}`,
    ],
    throughputTable(result),
    latency ? latencyTable(latency) : [],
    drain ? drainTable(drain) : [],
    growth ? processTable(growth) : [],
    growth ? queryTable(growth) : [],
    targetTable(targets),
  ];
  return `${tables
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function throughputTable({ ceiling, receiver, perRequestTransaction }: Result): string[] {
  const rows = [
    ...throughputRow("(a) bare Express endpoint: body and HMAC, nothing stored", ceiling),
    ...throughputRow("(b) receiver, every 2xx durable", receiver),
    ...throughputRow("(c) receiver, a transaction a request", perRequestTransaction),
  ];
  const connections = (ceiling ?? receiver)?.connections ?? 0;
  if (rows.length === 0) return [];
  const head = [
    `webhooks over ${connections} connections`,
    "2xx/s",
    "p50 ms",
    "p99 ms",
    "peak MB",
    "not 2xx",
    "2xx in all",
    "stored",
    "read/s",
  ];
  return alignColumns([head, ...rows]);
}

function throughputRow(name: string, one: Throughput | DurableThroughput | undefined): string[][] {
  if (one === undefined) return [];
  const kept =
    "stored" in one ? [String(one.accepted), String(one.stored), whole(one.readPerSecond)] : [];
  return [
    [name, whole(one.perSecond), ...both(one), String(one.rssMb), String(one.refused), ...kept],
  ];
}

function latencyTable(latency: { slack: RateLatency[]; crm: RateLatency[] }): string[] {
  const rows = Object.entries(latency).flatMap(([name, rates]) =>
    rates.map((rate) => [
      `${latencyNames.get(name) ?? name}, ${rate.ratePerSecond} contracts/s`,
      ...both(rate),
      rate.worstP99Ms.toFixed(1),
      String(rate.contracts),
      String(rate.missing),
      String(rate.refused),
    ]),
  );
  const head = [
    `webhook due to first call, after ${latencySeconds.warmup} s`,
    "p50 ms",
    "p99 ms",
    "worst p99",
    "contracts",
    "without call",
    "not 2xx",
  ];
  return alignColumns([head, ...rows]);
}

const latencyNames = new Map([
  ["slack", "Slack (receiver and slack-bot run)"],
  ["crm", "HubSpot and Salesforce (receiver and crm-sync run)"],
]);

function drainTable(drain: NonNullable<Result["drain"]>): string[] {
  const rows = [
    ...drain.destinations.map((one) => [
      one.name,
      whole(one.contractsPerMinute),
      String(one.left),
      String(one.apiCalls),
      String(one.leastApiCalls),
    ]),
    [
      "all (slack-bot and crm-sync run)",
      whole(drain.contractsPerMinute),
      "",
      String(drain.apiCalls),
    ],
  ];
  const head = [
    "50,000 changes over 5,000 contracts",
    "contracts/min",
    "left",
    "API calls",
    "least",
  ];
  return alignColumns([head, ...rows]);
}

function processTable({ processes }: Growth): string[] {
  const rows = processes.map((one) => [
    `${one.processes} receiver${one.processes === 1 ? "" : "s"}`,
    whole(one.perSecond),
    ...both(one),
    String(one.rssMb),
    String(one.refused),
  ]);
  return alignColumns([["receivers", "2xx/s", "p50 ms", "p99 ms", "peak MB", "not 2xx"], ...rows]);
}

function queryTable({ queries, events }: Growth): string[] {
  const rows = queries.map(({ name, small, large }) => [
    name,
    ...[small, large].flatMap((one) => [fine(one.p50Ms), fine(one.p99Ms)]),
  ]);
  const head = [
    `with ${whole(events.small)} and ${whole(events.large)} events`,
    "p50 ms",
    "p99 ms",
    "p50 ms",
    "p99 ms",
  ];
  return alignColumns([head, ...rows]);
}

function targetTable(targets: readonly Target[]): string[] {
  if (targets.length === 0) return [];
  const rows = targets.map(({ name, target, measured, met }) => [
    `target: ${name}`,
    target,
    measured,
    met ? "met" : "missed",
  ]);
  return alignColumns([["", "target", "measured", ""], ...rows]);
}

function both({ p50Ms, p99Ms }: Latency): string[] {
  return [p50Ms.toFixed(1), p99Ms.toFixed(1)];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function fine(value: number): string {
  return value.toFixed(2);
}
