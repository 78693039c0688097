import { setTimeout as sleep } from "node:timers/promises";
import { startCounterpart, type Counterpart } from "../counterpart/client.ts";
import { digitsOf } from "../docusign/contract-number.ts";
import { refused } from "../load/job.ts";
import { runLoad } from "../load/run-load.ts";
import { forgetSchema, openSchema, type Bench } from "../processes/bench.ts";
import type { RateLatency } from "../result.ts";
import { latencyOfStretches, type Wait } from "../statistics.ts";

/** Contracts a second. The few come first: the disk is busy with what the many wrote long after they have gone. */
const few = [20, 100];
const many = [1_000];

/** Processes that have just been started are several times slower; what queues meanwhile is worked off within the first of these seconds. */
export const latencySeconds = { warmup: 8, measured: 18 };

/** Measured one after the other at each rate; of each figure the median counts. */
const stretches = 3;

/** Connections of a source that sends one webhook for each contract. */
const connections = 64;

/** After the last webhook a call may come so much later and still count, in milliseconds. */
const patience = 10_000;

/** The destinations whose first call is waited for, and the app that makes it. */
const kinds = {
  slack: { app: "slack-bot", destinations: ["slack"] },
  crm: { app: "crm-sync", destinations: ["hubspot", "salesforce"] },
} as const;

type Destination = (typeof kinds)[keyof typeof kinds]["destinations"][number];

export type LatencyPart = { slack: RateLatency[]; crm: RateLatency[] };

/** One app after the other, each with the receiver: all at once would share two cores among six processes. */
export async function measureLatency(bench: Bench): Promise<LatencyPart> {
  const slack = await measureKind(bench, "slack", few);
  const crm = await measureKind(bench, "crm", few);
  slack.push(...(await measureKind(bench, "slack", many)));
  crm.push(...(await measureKind(bench, "crm", many)));
  return { slack, crm };
}

async function measureKind(
  bench: Bench,
  kind: keyof typeof kinds,
  rates: readonly number[],
): Promise<RateLatency[]> {
  const { app, destinations } = kinds[kind];
  const schema = `bench_latency_${kind}`;
  await using opened = new AsyncDisposableStack();
  opened.defer(() => forgetSchema(bench, schema));
  const store = await openSchema(bench, schema);
  await store.close();
  const counterpart = opened.use(await startCounterpart(bench));
  const env = { ...counterpart.env, DATABASE_SCHEMA: schema };
  opened.use(await bench.start(app, env));
  const { port } = opened.use(await bench.start("receiver", env));
  const measured: RateLatency[] = [];
  for (const [index, ratePerSecond] of rates.entries()) {
    const at = { port, ratePerSecond, contractsFrom: index * 1_000_000 };
    const rate = await measureRate(bench, counterpart, destinations, at);
    measured.push(rate);
    const [p50, p99, worst] = [rate.p50Ms, rate.p99Ms, rate.worstP99Ms].map(Math.round);
    bench.say(`${kind} at ${ratePerSecond}/s: p50 ${p50} ms, p99 ${p99} ms, at worst ${worst} ms`);
    await counterpart.forget();
  }
  return measured;
}

async function measureRate(
  bench: Bench,
  counterpart: Counterpart,
  destinations: readonly Destination[],
  {
    port,
    ratePerSecond,
    contractsFrom,
  }: Record<"port" | "ratePerSecond" | "contractsFrom", number>,
): Promise<RateLatency> {
  const kindOfLoad = { kind: "at-a-rate", deliveries: "first", ratePerSecond } as const;
  const to = { ports: [port], connections, contractsFrom };
  const load = await runLoad({ ...kindOfLoad, ...to, ...latencySeconds }, bench.signal);
  const due = new Map(load.due.map(([contract, at]) => [digitsOf(contract), at]));
  const waits = await waitsFor(bench, counterpart, destinations, due);
  const missing = due.size * destinations.length - waits.length;
  const from = Math.min(...due.values());
  const until = from + latencySeconds.measured * 1_000;
  const latency = latencyOfStretches(waits, { from, until, stretches });
  const counted = { contracts: due.size, missing, refused: refused(load.statuses) };
  return { ratePerSecond, ...counted, ...latency };
}

/** How long it took from when each webhook was due to the first call about its contract, at each destination. */
async function waitsFor(
  bench: Bench,
  counterpart: Counterpart,
  destinations: readonly Destination[],
  due: ReadonlyMap<string, number>,
): Promise<Wait[]> {
  const deadline = performance.now() + patience;
  for (;;) {
    const arrivals = await counterpart.arrivals();
    const waits = destinations.flatMap((destination) =>
      [...due].flatMap(([contract, at]) => {
        const arrived = arrivals[destination][contract];
        return arrived === undefined ? [] : [{ at, milliseconds: arrived - at }];
      }),
    );
    const all = waits.length === due.size * destinations.length;
    if (all || performance.now() > deadline) return waits;
    await sleep(250, undefined, { signal: bench.signal });
  }
}
