import type { Latency } from "./statistics.ts";

/** How much a server took. `perSecond` counts answers 2xx. */
export type Throughput = Latency & {
  perSecond: number;
  /** The most memory of the server's process, in MB. */
  rssMb: number;
  connections: number;
  /** Answers other than 2xx. */
  refused: number;
};

/** A receiver's, with what the database holds in the end. */
export type DurableThroughput = Throughput & {
  /** Answers 2xx of all rounds, warm-ups included. */
  accepted: number;
  /** Deliveries in the database. */
  stored: number;
  /** Deliveries of a round ÷ the seconds from its beginning until contracts had been made of all of them. */
  readPerSecond: number;
};

/** The medians of the stretches that were measured. */
export type RateLatency = Latency & {
  ratePerSecond: number;
  /** The p99 of the worst stretch. */
  worstP99Ms: number;
  /** Contracts whose webhook was accepted in the measured time, and those of them that no call came for. */
  contracts: number;
  missing: number;
  /** Webhooks that were not answered 2xx; no call is expected for those. */
  refused: number;
};

export type Machine = {
  cores: number;
  node: string;
  postgres: string;
  fsync: string;
  synchronousCommit: string;
};

export type Drain = {
  /** Until every destination had followed every contract. */
  contractsPerMinute: number;
  apiCalls: number;
  destinations: DrainedDestination[];
};

type DrainedDestination = {
  name: string;
  contractsPerMinute: number;
  /** Contracts that it had not followed when the time was up. */
  left: number;
  apiCalls: number;
  /** The fewest calls with which it could have been done. */
  leastApiCalls: number;
};

export type Query = {
  name: string;
  /** Milliseconds in the small and in the large database. */
  small: Latency;
  large: Latency;
};

export type Growth = {
  processes: (Throughput & { processes: number })[];
  events: { small: number; large: number; seededSeconds: number };
  queries: Query[];
};

/** What `--json` prints; a part that was not asked for is missing. */
export type Result = {
  machine: Machine;
  ceiling?: Throughput;
  receiver?: DurableThroughput;
  perRequestTransaction?: DurableThroughput;
  latency?: { slack: RateLatency[]; crm: RateLatency[] };
  drain?: Drain;
  growth?: Growth;
};
