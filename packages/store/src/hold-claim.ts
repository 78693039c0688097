import { stopwatch } from "./clock.ts";
import type { Claim } from "./effects.ts";
import type { Effect } from "./effect.ts";
import type { Store } from "./store.ts";

/** A claim for calls that together may take minutes. */
export type HeldClaim = {
  /** Whether the next of them may be made. Known at once, also to a process that has stood still. */
  isHeld: () => boolean;
  /** Aborted once it is not: for a call that is under way. */
  signal: AbortSignal;
  /** Holds it no longer; resolves with what is claimed, as it was last renewed. */
  end: () => Promise<Pick<Effect, "id" | "calledAt">>;
};

const renewedEvery = 10_000;

/** Milliseconds for which a claim holds that cannot be renewed. Whoever asks the outside waits longer, from `calledAt` on. */
export const heldFor = 30_000;

/**
 * Renews a claim while its calls last: `calledAt` moves on, so that others see that they still do. It is lost where
 * somebody else has claimed the same, or where PostgreSQL was out of reach, or the process stood still, for
 * too long.
 */
export function holdClaim(
  store: Store,
  { effect: { id, calledAt }, age: sinceClaim }: Extract<Claim, { may: "call" }>,
): HeldClaim {
  const lost = new AbortController();
  let held = { id, calledAt };
  let age = sinceClaim;
  /** What a renewal wrote whose answer never came may be in the database all the same. */
  let perhaps: Date[] = [];
  let renewing: Promise<void> | undefined;

  const isHeld = () => !lost.signal.aborted && age() <= heldFor;

  async function renew(): Promise<void> {
    const fresh = stopwatch(store);
    const now = store.now();
    const known = [held.calledAt, ...perhaps];
    perhaps = [...perhaps, now];
    const renewed = await store.database.query(
      `update effects set called_at = $3
       where id = $1 and called_at = any($2::timestamptz[]) and status = 'planned'`,
      [id, known, now],
    );
    if (renewed.rowCount === 0) return lost.abort(new Error("Somebody else has claimed it."));
    held = { id, calledAt: now };
    age = fresh;
    perhaps = [];
  }

  const timer = setInterval(() => {
    if (!isHeld()) return lost.abort(new Error(`It was not renewed for ${heldFor} ms.`));
    renewing ??= renew()
      // The next renewal may succeed; until then the time runs.
      .catch(() => undefined)
      .finally(() => (renewing = undefined));
  }, renewedEvery);

  return {
    isHeld,
    signal: lost.signal,
    async end() {
      clearInterval(timer);
      await renewing;
      return held;
    },
  };
}
