/** Whether so much comes in that what comes is better kept first and read later. */
export type Pressure = {
  /** Told of each group that is taken; whether it is to be kept first. */
  note: (groupSize: number, atMs: number) => boolean;
  /** Whether what came now would be kept first. */
  holds: (atMs: number) => boolean;
};

/** Nothing came for so many milliseconds: that crowd has gone, even where PostgreSQL takes a second for a group. */
const goneAfterMs = 2_000;

/**
 * Groups as large as `from` begin it when they have come for a while, with none below half of that size between them:
 * what queued while everything stood still for a tenth of a second is read at once, or its contracts would wait for
 * longer than the crowd lasted. One of half the size keeps it up, and it holds for a while after the last such group:
 * kept unread, what comes waits less, so that groups are smaller while just as much comes in.
 */
export function createPressure(
  from: number,
  { beginsAfterMs = 200, holdsMs = 250 } = {},
): Pressure {
  let crowdSince = Infinity;
  let latest = -Infinity;
  let until = -Infinity;
  const holds = (atMs: number) => atMs < until;
  return {
    note(groupSize, atMs) {
      const hasGone = groupSize < from / 2 || atMs - latest > goneAfterMs;
      latest = atMs;
      if (hasGone) crowdSince = Infinity;
      if (groupSize >= from) crowdSince = Math.min(crowdSince, atMs);
      const begins = groupSize >= from && atMs - crowdSince >= beginsAfterMs;
      const keepsUp = holds(atMs) && groupSize >= from / 2;
      if (begins || keepsUp) until = atMs + holdsMs;
      return holds(atMs);
    },
    holds,
  };
}
