/** Whether so much comes in that what comes is better kept first and read later. */
export type Pressure = (groupSize: number, atMs: number) => boolean;

/**
 * A group as large as `from` begins it. It holds for a while after the last such group: kept unread, what
 * comes waits less, so that groups are smaller again while just as much comes in.
 */
export function createPressure(from: number, holdsMs = 250): Pressure {
  let until = -Infinity;
  return (groupSize, atMs) => {
    if (groupSize >= from) until = atMs + holdsMs;
    return atMs < until;
  };
}
