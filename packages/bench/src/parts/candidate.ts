import { deliveriesPerLife } from "../docusign/life.ts";
import { accepted, refused, type LoadResult } from "../load/job.ts";
import { prepareLoad } from "../load/run-load.ts";
import type { Bench } from "../processes/bench.ts";
import type { Started } from "../processes/start-process.ts";
import type { DurableThroughput, Throughput } from "../result.ts";
import { median } from "../statistics.ts";
import { untilAllRead } from "./unread.ts";

/** Servers whose throughput is measured, in one round or several. */
export type Candidate = {
  /** One round. `requests`: so many different ones are made; `again`: they may be sent more than once. */
  measure: (requests: number, again: boolean) => Promise<number>;
  throughput: () => Promise<Throughput>;
  /** With what is in the schema's table of deliveries; for receivers. */
  durable: () => Promise<DurableThroughput>;
};

/** What is measured. `schema`: of receivers, whose rounds end when everything that came has been read. */
export type CandidateOptions = {
  title: string;
  servers: readonly Started[];
  duration: Duration;
  schema?: string;
  series?: number;
};

type Duration = { warmup: number; measured: number };

/** Candidates that share a schema send contracts of different series. */
const contractsOfSeries = 100_000_000;

export function createCandidate(
  bench: Bench,
  { title, servers, duration: { warmup, measured }, schema, series = 0 }: CandidateOptions,
): Candidate {
  const results: LoadResult[] = [];
  const readPerSecond: number[] = [];
  let contractsFrom = series * contractsOfSeries;
  const throughput = async (): Promise<Throughput> => ({
    perSecond: median(results.map(({ perSecond }) => perSecond)),
    p50Ms: median(results.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(results.map(({ p99Ms }) => p99Ms)),
    rssMb: Math.max(...(await Promise.all(servers.map((server) => server.peakRssMb())))),
    connections: bench.connections,
    refused: sum(results.map(({ statuses }) => refused(statuses))),
  });
  return {
    async measure(requests, again) {
      const ports = servers.map(({ port }) => port);
      const { connections, signal } = bench;
      const kind = "as-fast-as-possible";
      const load = await prepareLoad(
        { kind, ports, connections, contractsFrom, warmup, measured, requests, again },
        signal,
      );
      const began = performance.now();
      const result = await load.run();
      if (schema !== undefined) await untilAllRead(bench, schema);
      const seconds = (performance.now() - began) / 1_000;
      readPerSecond.push(accepted(result.statuses) / seconds);
      contractsFrom += Math.ceil(requests / deliveriesPerLife);
      results.push(result);
      bench.say(
        `${title}: ${Math.round(result.perSecond)} a second, p99 ${Math.round(result.p99Ms)} ms, answers ${JSON.stringify(result.statuses)}`,
      );
      return result.perSecond;
    },
    throughput,
    async durable() {
      if (schema === undefined) throw new Error(`Nothing is stored by ${title}.`);
      const { rows } = await bench.database.pool.query<{ stored: number }>(
        `select count(*)::int as stored from ${schema}.deliveries`,
      );
      const answered = sum(results.map(({ statuses }) => accepted(statuses)));
      const stored = rows[0]?.stored ?? 0;
      return {
        ...(await throughput()),
        accepted: answered,
        stored,
        readPerSecond: median(readPerSecond),
      };
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
