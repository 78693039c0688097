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
