/** What latencies come to, in milliseconds. NaN where nothing was measured. */
export type Latency = { p50Ms: number; p99Ms: number };

/** The value that a share `q` (0 to 1) of the ascending values does not exceed (nearest rank). */
export function quantile(ascending: ArrayLike<number>, q: number): number {
  const rank = Math.ceil(q * ascending.length);
  return ascending[Math.max(0, rank - 1)] ?? Number.NaN;
}

export function latencyOf(milliseconds: readonly number[]): Latency {
  const ascending = Float64Array.from(milliseconds).toSorted();
  return { p50Ms: quantile(ascending, 0.5), p99Ms: quantile(ascending, 0.99) };
}

/** The middle value; of an even number of values the mean of the middle two. */
export function median(values: readonly number[]): number {
  const ascending = values.toSorted((a, b) => a - b);
  const middle = ascending.length / 2;
  const upper = ascending[Math.floor(middle)] ?? Number.NaN;
  if (!Number.isInteger(middle)) return upper;
  return (upper + (ascending[middle - 1] ?? Number.NaN)) / 2;
}

/** A latency, and when it began: on any clock, in milliseconds. */
export type Wait = { at: number; milliseconds: number };

/**
 * The medians of what so many equal stretches of time have each, and the worst p99 of one: a disk that stands still once
 * is in the last, and not in the medians.
 */
export function latencyOfStretches(
  waits: readonly Wait[],
  { from, until, stretches }: { from: number; until: number; stretches: number },
): Latency & { worstP99Ms: number } {
  const long = (until - from) / stretches;
  const each = Array.from({ length: stretches }, (_, index) => {
    const begins = from + index * long;
    const within = waits.filter(({ at }) => at >= begins && at < begins + long);
    return latencyOf(within.map(({ milliseconds }) => milliseconds));
  });
  const p99s = each.map(({ p99Ms }) => p99Ms);
  return {
    p50Ms: median(each.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(p99s),
    worstP99Ms: Math.max(...p99s),
  };
}
