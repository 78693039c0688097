import type { Drain, Growth, RateLatency, Result } from "./result.ts";

/** A target of the issues, what was measured of it, and whether it holds. */
export type Target = { name: string; target: string; measured: string; met: boolean };

/** The targets that the measured parts can be held against. */
export function judgeTargets(result: Result): Target[] {
  const { ceiling, receiver, perRequestTransaction, latency, drain, growth } = result;
  const targets: Target[] = [];
  if (ceiling && receiver) {
    const ratio = receiver.perSecond / ceiling.perSecond;
    targets.push(atLeast("receiver ÷ bare endpoint", ratio, 0.4));
  }
  if (receiver && perRequestTransaction) {
    const ratio = receiver.perSecond / perRequestTransaction.perSecond;
    targets.push(atLeast("receiver ÷ a transaction a request", ratio, 6));
  }
  if (receiver) {
    const missing = Math.max(0, receiver.accepted - receiver.stored);
    targets.push({
      name: "accepted and not stored",
      target: "0",
      measured: String(missing),
      met: missing === 0,
    });
  }
  for (const [name, rates] of Object.entries(latency ?? {})) {
    targets.push(...rates.flatMap((rate) => latencyTarget(name, rate)));
  }
  if (drain) targets.push(...drain.destinations.flatMap(callsTarget));
  if (growth)
    targets.push(...growth.queries.map(flatTarget), ...growth.queries.flatMap(soonTarget));
  return targets;
}

function atLeast(name: string, measured: number, least: number): Target {
  return {
    name,
    target: `≥ ${least}`,
    measured: measured.toFixed(2),
    met: measured >= least,
  };
}

const latencyTargets = new Map([
  [100, 50],
  [1_000, 250],
]);

function latencyTarget(
  name: string,
  { ratePerSecond, p99Ms, missing, refused }: RateLatency,
): Target[] {
  const most = latencyTargets.get(ratePerSecond);
  if (most === undefined) return [];
  return [
    {
      name: `webhook to ${name} call, p99 at ${ratePerSecond}/s`,
      target: `< ${most} ms`,
      measured: [
        `${p99Ms.toFixed(0)} ms`,
        ...(missing > 0 ? [`${missing} without call`] : []),
        ...(refused > 0 ? [`${refused} not 2xx`] : []),
      ].join(", "),
      met: p99Ms < most && missing === 0 && refused === 0,
    },
  ];
}

/** How many more calls than the fewest a CRM may need for a backlog. */
const spareCalls = 1.2;

function callsTarget({
  name,
  apiCalls,
  leastApiCalls,
  left,
}: Drain["destinations"][number]): Target[] {
  if (name === "slack") return [];
  const ratio = apiCalls / leastApiCalls;
  return [
    {
      name: `${name} calls for a backlog ÷ the fewest`,
      target: `≤ ${spareCalls}`,
      measured: ratio.toFixed(2),
      met: ratio <= spareCalls && left === 0,
    },
  ];
}

/** How soon a slash command is to be answered in the large database, in milliseconds at the 99th percentile. */
const soon = 300;

function soonTarget({ name, large }: Growth["queries"][number]): Target[] {
  if (!name.startsWith("/")) return [];
  return [
    {
      name: `${name}, p99`,
      target: `< ${soon} ms`,
      measured: `${large.p99Ms.toFixed(0)} ms`,
      met: large.p99Ms < soon,
    },
  ];
}

/** How much longer a query may take with a hundred times the events. */
const flat = 1.5;

function flatTarget({ name, small, large }: Growth["queries"][number]): Target {
  const ratio = large.p50Ms / small.p50Ms;
  return {
    name: `${name}, large ÷ small`,
    target: `≤ ${flat}`,
    measured: ratio.toFixed(2),
    met: ratio <= flat,
  };
}
