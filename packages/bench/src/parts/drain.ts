import { setTimeout as sleep } from "node:timers/promises";
import { startCounterpart, type Counterpart } from "../counterpart/client.ts";
import { destinations, openSchema, type Bench } from "../processes/bench.ts";
import type { Drain } from "../result.ts";
import { changesPerContract, recordBacklog } from "./backlog.ts";
import { followedContracts } from "./followed.ts";

const contracts = 5_000;
const schema = "bench_drain";
const patienceMs = 90_000;

/**
 * The fewest calls that can bring a new contract to each destination: a card and a line below it; a reading
 * and a writing of each deal in HubSpot's batches of 100 and in Salesforce's collections of 200.
 */
const leastCalls = { slack: contracts * 2, hubspot: contracts / 50, salesforce: contracts / 100 };

/** Records a backlog while nobody follows, starts the consumers, and waits until all have followed. */
export async function measureDrain(bench: Bench): Promise<Drain> {
  await using opened = new AsyncDisposableStack();
  await prepareBacklog(bench);
  const counterpart = opened.use(await startCounterpart(bench));
  const env = { ...counterpart.env, DATABASE_SCHEMA: schema };
  const started = performance.now();
  const starting = [bench.start("slack-bot", env), bench.start("crm-sync", env)];
  for (const app of await Promise.all(starting)) opened.use(app);
  const minutes = await minutesUntilFollowed(bench, started);
  return toDrain(minutes, await callsOf(counterpart), await followedContracts(bench, schema));
}

async function prepareBacklog(bench: Bench): Promise<void> {
  await using store = await openSchema(bench, schema);
  const recording = performance.now();
  await recordBacklog(store, contracts, new Date());
  const recorded = (performance.now() - recording) / 1_000;
  bench.say(
    `backlog of ${contracts * changesPerContract} changes recorded in ${recorded.toFixed(0)} s`,
  );
}

/** By destination: how long it took to follow every contract; a destination that gave out is missing. */
async function minutesUntilFollowed(bench: Bench, started: number): Promise<Map<string, number>> {
  const minutes = new Map<string, number>();
  while (minutes.size < destinations.length && performance.now() - started < patienceMs) {
    for (const [destination, followed] of await followedContracts(bench, schema)) {
      if (followed < contracts || minutes.has(destination)) continue;
      minutes.set(destination, (performance.now() - started) / 60_000);
      bench.say(`${destination} has followed all ${contracts} contracts`);
    }
    await sleep(200, undefined, { signal: bench.signal });
  }
  return minutes;
}

async function callsOf(counterpart: Counterpart): Promise<Map<string, number>> {
  const report = await counterpart.report();
  return new Map(
    Object.entries(report).map(([destination, { calls }]) => [
      destination,
      Object.values(calls).reduce((sum, count) => sum + count, 0),
    ]),
  );
}

/** Where a destination was not done in time, what it had done by then counts. */
function toDrain(
  minutes: ReadonlyMap<string, number>,
  calls: ReadonlyMap<string, number>,
  followed: ReadonlyMap<string, number>,
): Drain {
  const each = destinations.map((name) => ({
    name,
    contractsPerMinute: (followed.get(name) ?? 0) / (minutes.get(name) ?? patienceMs / 60_000),
    left: contracts - (followed.get(name) ?? 0),
    apiCalls: calls.get(name) ?? 0,
    leastApiCalls: leastCalls[name],
  }));
  return {
    contractsPerMinute: Math.min(...each.map(({ contractsPerMinute }) => contractsPerMinute)),
    apiCalls: each.reduce((sum, { apiCalls }) => sum + apiCalls, 0),
    destinations: each,
  };
}
