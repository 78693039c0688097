/** How a process's memory went: the means of the first and the last third of its samples, in MB. */
export type MemoryTrend = { first: number; last: number; flat: boolean };

/** Fewer samples than this say nothing: a process fills its caches first. */
const fewest = 9;

/** Only growth beyond both counts: garbage is collected when there is a reason to. */
const tolerated = { share: 0.25, mb: 40 };

export function trendOf(samples: readonly number[]): MemoryTrend {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const first = mean(samples.slice(0, third));
  const last = mean(samples.slice(-third));
  const growth = last - first;
  const grows = growth > tolerated.mb && growth > first * tolerated.share;
  return { first, last, flat: samples.length < fewest || !grows };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
