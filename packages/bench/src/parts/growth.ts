import { startCounterpart } from "../counterpart/client.ts";
import { openSchema, type Bench } from "../processes/bench.ts";
import type { Started } from "../processes/start-process.ts";
import type { Growth } from "../result.ts";
import { createCandidate } from "./candidate.ts";
import { timeQueries, type Asked } from "./queries.ts";
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
  await using opened = new AsyncDisposableStack();
  const counterpart = opened.use(await startCounterpart(bench));
  const few = await openSeeded(small);
  const many = await openSeeded(large);
  const started = performance.now();
  const queries = await timeQueries(few, many);
  bench.say(`queries measured in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  return { events: { small, large, seededSeconds: few.seconds + many.seconds }, queries };

  async function openSeeded(events: number): Promise<Asked & { seconds: number }> {
    const seeding = performance.now();
    const schema = `bench_events_${events}`;
    const contracts = events / eventsPerContract;
    const store = opened.use(await openSchema(bench, schema));
    await recordTemplate(store);
    await copyTemplate(bench, schema, contracts);
    await tidy(bench, schema);
    const seconds = (performance.now() - seeding) / 1_000;
    bench.say(`${events} events stored in ${seconds.toFixed(0)} s`);
    const env = { ...counterpart.env, DATABASE_SCHEMA: schema };
    const slackBot = opened.use(await bench.start("slack-bot", env));
    return { store, slackBotPort: slackBot.port, contracts, seconds };
  }
}
