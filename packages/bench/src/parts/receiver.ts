import { forgetSchema, openSchema, type Bench } from "../processes/bench.ts";
import type { DurableThroughput, Throughput } from "../result.ts";
import { createCandidate, type Candidate } from "./candidate.ts";

const rounds = 3;
const duration = { warmup: 3, measured: 6 };
const seconds = duration.warmup + duration.measured;

/** How many different requests the bare endpoint gets; it stores nothing, so they may come again. */
const ceilingRequests = 20_000;

const onePerTransaction = { RECEIVER_BATCH: "1", RECEIVER_WRITERS: "10" };

export type ReceiverPart = {
  ceiling: Throughput;
  receiver: DurableThroughput;
  perRequestTransaction: DurableThroughput;
};

/**
 * The bare endpoint, the receiver and the receiver with a transaction for each request, in turns: what else
 * happens on the machine meets all three alike.
 */
export async function measureReceiver(bench: Bench): Promise<ReceiverPart> {
  await using opened = new AsyncDisposableStack();
  const bare = opened.use(await bench.start("ceiling", {}));
  const ceiling = createCandidate(bench, { title: "bare endpoint", servers: [bare], duration });
  const grouped = await openReceiver(bench, opened, "bench_grouped", {});
  const single = await openReceiver(bench, opened, "bench_single", onePerTransaction);
  for (let round = 1; round <= rounds; round += 1) {
    const perSecond = await ceiling.measure(ceilingRequests, true);
    await grouped.measure(perSecond * seconds, false);
    await single.measure((perSecond * seconds) / 2, false);
  }
  return {
    ceiling: await ceiling.throughput(),
    receiver: await grouped.durable(),
    perRequestTransaction: await single.durable(),
  };
}

export async function measureCeiling(bench: Bench): Promise<Throughput> {
  await using bare = await bench.start("ceiling", {});
  const ceiling = createCandidate(bench, { title: "bare endpoint", servers: [bare], duration });
  for (let round = 1; round <= rounds; round += 1) await ceiling.measure(ceilingRequests, true);
  // Awaited here: when it returns, the process is gone and its memory with it.
  return await ceiling.throughput();
}

async function openReceiver(
  bench: Bench,
  opened: AsyncDisposableStack,
  schema: string,
  env: Record<string, string>,
): Promise<Candidate> {
  opened.defer(() => forgetSchema(bench, schema));
  const store = await openSchema(bench, schema);
  await store.close();
  const server = opened.use(await bench.start("receiver", { ...env, DATABASE_SCHEMA: schema }));
  return createCandidate(bench, {
    title: `receiver ${schema}`,
    servers: [server],
    duration,
    schema,
  });
}
