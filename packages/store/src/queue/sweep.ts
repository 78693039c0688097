import type { Store } from "../store.ts";
import { contractsBehind } from "./cursor.ts";
import type { Wakeup } from "./queue.ts";

const everyMilliseconds = 60_000;
/** A contract must have been still for so long: the wake-up of one that changed just now is on its way. */
const graceMilliseconds = 60_000;
/** How far apart the clocks of machines may stand, and how long a change may take to be committed. */
const overlapMilliseconds = 600_000;
const most = 1_000;

export type Sweep = { stop(): void };

/**
 * Wakes a destination up for what it missed: at once for all of it, then each minute for what has come
 * since. `isWaiting` tells contracts whose next look is queued already; they need no second one.
 */
export async function startSweep(
  store: Store,
  destination: string,
  isWaiting: (contractId: string) => boolean,
  onError: (error: unknown) => void,
): Promise<Sweep> {
  let from = new Date(0);

  async function sweep(to: Date): Promise<void> {
    const behind = await contractsBehind(store, destination, { from, to }, most);
    await wakeUp(store, destination, behind.filter((id) => !isWaiting(id)));
    if (behind.length < most) from = new Date(to.getTime() - overlapMilliseconds);
  }

  await sweep(store.now());
  const timer = setInterval(() => {
    sweep(new Date(store.now().getTime() - graceMilliseconds)).catch(onError);
  }, everyMilliseconds);
  return { stop: () => clearInterval(timer) };
}

async function wakeUp(store: Store, destination: string, contractIds: string[]): Promise<void> {
  if (contractIds.length === 0) return;
  await store.queue.insert(
    destination,
    contractIds.map((contractId) => ({ data: { contractId } satisfies Wakeup })),
  );
}
