import { startCounterpart } from "../counterpart/client.ts";
import { openSchema, type Bench } from "../processes/bench.ts";
import type { Started } from "../processes/start-process.ts";
import type { Growth, Query } from "../result.ts";
import { createCandidate } from "./candidate.ts";
import { timeQueries } from "./queries.ts";
import { copyTemplate, eventsPerContract, recordTemplate, tidy } from "./seed.ts";

const duration = { warmup: 2, measured: 4 };
const seconds = duration.warmup + duration.measured;
const copies = [1, 2, 4];
const rounds = 2;

/** More than two cores take, and little enough to keep ready. */
const mostPerSecond = 10_000;

const small = 10_000;
const large = 1_000_000;

/** How throughput grows with receivers, and the times of queries with what is stored. */
export async function measureGrowth(bench: Bench): Promise<Growth> {
  return { processes: await measureProcesses(bench), ...(await measureQueries(bench)) };
}

async function measureProcesses(bench: Bench): Promise<Growth["processes"]> {
  await using opened = new AsyncDisposableStack();
  const store = await openSchema(bench, "bench_copies");
  await store.close();
  const servers: Started[] = [];
  while (servers.length < Math.max(...copies)) {
    servers.push(opened.use(await bench.start("receiver", { DATABASE_SCHEMA: "bench_copies" })));
  }
  const candidates = copies.map((processes) => {
    const used = servers.slice(0, processes);
    const title = `${processes} receivers`;
    const options = { title, servers: used, duration, schema: "bench_copies", series: processes };
    return { processes, candidate: createCandidate(bench, options) };
  });
  for (let round = 1; round <= rounds; round += 1) {
    for (const { candidate } of candidates) await candidate.measure(mostPerSecond * seconds, false);
  }
  const measured: Growth["processes"] = [];
  for (const { processes, candidate } of candidates) {
    measured.push({ processes, ...(await candidate.throughput()) });
  }
  return measured;
}

async function measureQueries(bench: Bench): Promise<Omit<Growth, "processes">> {
  const schema = "bench_events";
  await using opened = new AsyncDisposableStack();
  const store = opened.use(await openSchema(bench, schema));
  await recordTemplate(store);
  const counterpart = opened.use(await startCounterpart(bench));
  const env = { ...counterpart.env, DATABASE_SCHEMA: schema };
  const slackBot = opened.use(await bench.start("slack-bot", env));
  const started = performance.now();
  const few = await seedAndTime(0, small);
  const many = await seedAndTime(small, large);
  const queries = [...few.timed].map(([name, before]): Query => {
    return { name, small: before, large: many.timed.get(name) ?? before };
  });
  bench.say(`queries measured in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  return { events: { small, large, seededSeconds: few.seconds + many.seconds }, queries };

  async function seedAndTime(from: number, to: number) {
    const seeding = performance.now();
    await copyTemplate(bench, schema, from / eventsPerContract + 1, to / eventsPerContract);
    await tidy(bench, schema);
    const taken = (performance.now() - seeding) / 1_000;
    bench.say(`${to} events stored in ${taken.toFixed(0)} s`);
    const timed = await timeQueries(store, slackBot.port, to / eventsPerContract);
    return { seconds: taken, timed };
  }
}
