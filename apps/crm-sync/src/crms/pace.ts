import { setTimeout as sleep } from "node:timers/promises";

/** Lets calls begin at least so many milliseconds apart, in the order in which they were asked for. */
export function createPace(milliseconds: number): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(next, now);
    next = at + milliseconds;
    if (at > now) await sleep(at - now);
  };
}
