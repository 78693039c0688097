import { expect, it } from "vitest";
import type { DurableThroughput, Result } from "./result.ts";
import { judgeTargets } from "./targets.ts";

const machine = { cores: 2, node: "24", postgres: "18", fsync: "on", synchronousCommit: "on" };

function throughput(perSecond: number, more: Partial<DurableThroughput> = {}): DurableThroughput {
  const counted = { connections: 128, refused: 0, accepted: 9, stored: 9, readPerSecond: 9 };
  return { perSecond, p50Ms: 1, p99Ms: 2, rssMb: 100, ...counted, ...more };
}

function verdicts(result: Omit<Result, "machine">): Record<string, boolean> {
  const targets = judgeTargets({ machine, ...result });
  return Object.fromEntries(targets.map(({ name, met }) => [name, met]));
}

it("judges nothing that was not measured", () => {
  expect(verdicts({})).toEqual({});
  expect(verdicts({ ceiling: throughput(10_000) })).toEqual({});
});

it.each([
  [4_000, 600, true, true],
  [3_999, 700, false, false],
])("holds %d of 10,000 a second against the ceiling, and against %d", (b, c, ofA, ofC) => {
  const judged = verdicts({
    ceiling: throughput(10_000),
    receiver: throughput(b),
    perRequestTransaction: throughput(c),
  });
  expect(judged).toEqual({
    "receiver ÷ bare endpoint": ofA,
    "receiver ÷ a transaction a request": ofC,
    "accepted and not stored": true,
  });
});

it.each([
  ["misses when an accepted delivery is not stored", 8, false],
  ["takes it that more is stored than was answered in time", 10, true],
])("%s", (_what, stored, met) => {
  const receiver = throughput(4_000, { accepted: 9, stored });
  expect(verdicts({ receiver })).toEqual({ "accepted and not stored": met });
});

it("judges latency at the rates that have a target, and only with every call there", () => {
  const rate = { p50Ms: 5, worstP99Ms: 900, contracts: 800, missing: 0, refused: 0 };
  const slack = [
    { ...rate, ratePerSecond: 20, p99Ms: 900 },
    { ...rate, ratePerSecond: 100, p99Ms: 49 },
    { ...rate, ratePerSecond: 1_000, p99Ms: 250 },
  ];
  const crm = [{ ...rate, ratePerSecond: 100, p99Ms: 49, missing: 1 }];
  expect(verdicts({ latency: { slack, crm } })).toEqual({
    "webhook to slack call, p99 at 100/s": true,
    "webhook to slack call, p99 at 1000/s": false,
    "webhook to crm call, p99 at 100/s": false,
  });
});

it("says beside a latency what came of no call, or was refused", () => {
  const rate = { p50Ms: 5, p99Ms: 24, worstP99Ms: 900, ratePerSecond: 100, contracts: 800 };
  const judged = (missing: number, no2xx: number) => {
    const slack = [{ ...rate, missing, refused: no2xx }];
    return judgeTargets({ machine, latency: { slack, crm: [] } })[0]?.measured;
  };
  expect(judged(0, 0)).toBe("24 ms");
  expect(judged(2, 1)).toBe("24 ms, 2 without call, 1 not 2xx");
});

function at(p50Ms: number) {
  return { p50Ms, p99Ms: p50Ms * 10 };
}

it("judges each query by how its median grew", () => {
  const growth = {
    processes: [],
    events: { small: 10_000, large: 1_000_000, seededSeconds: 60 },
    queries: [
      { name: "flat", small: at(2), large: at(3) },
      { name: "steep", small: at(2), large: at(3.1) },
    ],
  };
  expect(verdicts({ growth })).toEqual({
    "flat, large ÷ small": true,
    "steep, large ÷ small": false,
  });
});

it("judges a slash command by how soon it is answered when much is stored, too", () => {
  const growth = {
    processes: [],
    events: { small: 10_000, large: 1_000_000, seededSeconds: 60 },
    queries: [
      { name: "/contract soon", small: at(29), large: at(29) },
      { name: "/contract late", small: at(31), large: at(31) },
    ],
  };
  expect(verdicts({ growth })).toMatchObject({
    "/contract soon, p99": true,
    "/contract late, p99": false,
  });
});

it("judges the CRMs by their calls, where nothing was left", () => {
  const one = { contractsPerMinute: 1, leastApiCalls: 100 };
  const destinations = [
    { ...one, name: "slack", left: 0, apiCalls: 900 },
    { ...one, name: "hubspot", left: 0, apiCalls: 120 },
    { ...one, name: "salesforce", left: 1, apiCalls: 100 },
  ];
  expect(verdicts({ drain: { contractsPerMinute: 1, apiCalls: 1_120, destinations } })).toEqual({
    "hubspot calls for a backlog ÷ the fewest": true,
    "salesforce calls for a backlog ÷ the fewest": false,
  });
});
