import type { Growth, RateLatency, Result } from "./result.ts";

/** A target of issue 4, what was measured of it, and whether it holds. */
export type Target = { name: string; target: string; measured: string; met: boolean };

/** The targets that the measured parts can be held against. */
export function judgeTargets(result: Result): Target[] {
  const { ceiling, receiver, perRequestTransaction, latency, growth } = result;
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
  if (growth) targets.push(...growth.queries.map(flatTarget));
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
      measured: `${p99Ms.toFixed(0)} ms`,
      met: p99Ms < most && missing === 0 && refused === 0,
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
