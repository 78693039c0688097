import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../store.ts";

const tries = 20;
const betweenMs = 250;

/**
 * What `work` returns, done while nobody else brings this destination to the contract: the lock is the one that
 * `follow` takes for a look. Waits some seconds for it; null, undone, where it does not come free.
 */
export async function whileAlone<Result>(
  store: Store,
  destination: string,
  contractId: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  const lock = `${store.schema} ${destination} ${contractId}`;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const done = await store.locks.whileAlone(lock, async () => ({ result: await work() }));
    if (done !== null) return done.result;
    await sleep(betweenMs);
  }
  return null;
}
