import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "@countersign/store";
import { startCounterpart, type Counterpart } from "../counterpart/client.ts";
import { refused, type Job, type LoadResult } from "../load/job.ts";
import { prepareLoad } from "../load/run-load.ts";
import { openSchema, type Bench } from "../processes/bench.ts";
import type { Started } from "../processes/start-process.ts";
import { findBreaches, findLost } from "./check.ts";
import { trendOf } from "./memory.ts";
import { readBacklog } from "./watch.ts";

const schema = "soak";
const connections = 64;

/** Contracts that a minute may use up. */
const contractsPerMinute = 1_000_000;

/** How long everything may take to come to rest in the end, in milliseconds. */
const patience = 300_000;

type Soak = {
  bench: Bench;
  store: Store;
  counterpart: Counterpart;
  apps: readonly Started[];
  /** Resident memory by app, a sample a minute, in MB. */
  memory: ReadonlyMap<string, number[]>;
};

/** Runs the whole product for so many minutes and answers what went wrong, a line each. */
export async function runSoak(
  bench: Bench,
  minutes: number,
  ratePerSecond: number,
): Promise<string[]> {
  await using opened = new AsyncDisposableStack();
  const soak = await startProduct(bench, opened);
  const lived = await liveThrough(soak, minutes, ratePerSecond);
  const rest = await waitForRest(bench);
  const counted = await countDeliveries(bench, lived.stored);
  bench.say("checking every contract, effect and call");
  const breaches = await findBreaches(bench, schema, soak.store, soak.counterpart);
  return [...lived.breaches, ...rest, ...counted, ...breaches, ...reportMemory(soak)];
}

async function startProduct(bench: Bench, opened: AsyncDisposableStack): Promise<Soak> {
  const store = opened.use(await openSchema(bench, schema));
  const counterpart = opened.use(await startCounterpart(bench));
  const env = { ...counterpart.env, DATABASE_SCHEMA: schema };
  const apps: Started[] = [];
  for (const app of ["receiver", "slack-bot", "crm-sync"] as const) {
    apps.push(opened.use(await bench.start(app, env)));
  }
  const memory = new Map<string, number[]>(apps.map(({ title }) => [title, []]));
  return { bench, store, counterpart, apps, memory };
}

/** Each minute's requests are made while those of the minute before are sent. */
async function liveThrough(soak: Soak, minutes: number, ratePerSecond: number) {
  const { bench, apps } = soak;
  // Where a minute fails, the load that is ready for the next one is ended too.
  using over = abortAtEnd();
  const signal = AbortSignal.any([bench.signal, over.signal]);
  const ports = apps.slice(0, 1).map(({ port }) => port);
  const breaches: string[] = [];
  let stored = 0;
  let next = prepareLoad(aMinute(ports, 0, ratePerSecond), signal);
  for (let minute = 1; minute <= minutes; minute += 1) {
    const running = (await next).run();
    if (minute < minutes) next = prepareLoad(aMinute(ports, minute, ratePerSecond), signal);
    next.catch(() => undefined);
    const result = await running;
    const different = [...new Set(result.digests)];
    stored += different.length;
    breaches.push(...(await findLost(bench, schema, different)));
    bench.say(`minute ${minute}: ${stored} deliveries, ${await describeMinute(soak, result)}`);
  }
  return { breaches, stored };
}

function abortAtEnd(): Disposable & { signal: AbortSignal } {
  const abort = new AbortController();
  return { signal: abort.signal, [Symbol.dispose]: () => abort.abort() };
}

function aMinute(ports: readonly number[], minute: number, ratePerSecond: number): Job {
  return {
    kind: "at-a-rate",
    deliveries: "whole-lives",
    ports,
    connections,
    contractsFrom: minute * contractsPerMinute,
    ratePerSecond,
    warmup: 0,
    measured: 60,
  };
}

async function describeMinute(soak: Soak, { statuses, p50Ms, p99Ms }: LoadResult) {
  const { waiting, behind, oldestSeconds } = await readBacklog(soak.bench, schema);
  return [
    `not 2xx ${refused(statuses)}`,
    `p50 ${p50Ms.toFixed(1)} ms`,
    `p99 ${p99Ms.toFixed(1)} ms`,
    `jobs waiting ${waiting}`,
    `contracts behind ${behind} (oldest ${oldestSeconds.toFixed(1)} s)`,
    `MB ${await sampleMemory(soak)}`,
  ].join(", ");
}

async function sampleMemory({ apps, memory }: Soak): Promise<string> {
  const said: string[] = [];
  for (const app of apps) {
    const rss = await app.rssMb();
    memory.get(app.title)?.push(rss);
    said.push(`${app.title} ${rss}`);
  }
  return said.join(", ");
}

async function waitForRest(bench: Bench): Promise<string[]> {
  const started = performance.now();
  while (performance.now() - started < patience) {
    const { waiting, behind } = await readBacklog(bench, schema);
    if (waiting === 0 && behind === 0) {
      bench.say(`at rest after ${((performance.now() - started) / 1_000).toFixed(1)} s`);
      return [];
    }
    await sleep(500, undefined, { signal: bench.signal });
  }
  return [`It did not come to rest within ${patience / 1_000} s.`];
}

async function countDeliveries({ database }: Bench, expected: number): Promise<string[]> {
  const { rows } = await database.pool.query<{ stored: number }>(
    `select count(*)::int as stored from ${schema}.deliveries`,
  );
  const stored = rows[0]?.stored ?? 0;
  return stored >= expected ? [] : [`${expected} deliveries were accepted, ${stored} are stored.`];
}

function reportMemory({ bench, memory }: Soak): string[] {
  return [...memory].flatMap(([title, samples]) => {
    const { first, last, flat } = trendOf(samples);
    bench.say(
      `${title}: ${first.toFixed(0)} MB in the first third, ${last.toFixed(0)} MB in the last`,
    );
    return flat ? [] : [`The memory of ${title} grows.`];
  });
}
