/** Whether so much comes in that what comes is better kept first and read later. */
export type Pressure = (groupSize: number, atMs: number) => boolean;

/**
 * A group as large as `from` begins it, and one of half that size keeps it up. It holds for a while after the last
 * such group: kept unread, what comes waits less, so that groups are smaller while just as much comes in.
 */
export function createPressure(from: number, holdsMs = 250): Pressure {
  let until = -Infinity;
  return (groupSize, atMs) => {
    const least = atMs < until ? from / 2 : from;
    if (groupSize >= least) until = atMs + holdsMs;
    return atMs < until;
  };
}
