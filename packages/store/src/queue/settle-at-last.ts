import { setTimeout as sleep } from "node:timers/promises";
import { isUnreachable } from "../unreachable.ts";
import type { Settle } from "./settle.ts";

const tries = 60;
const betweenMilliseconds = 1_000;

/**
 * Settles also where PostgreSQL is away for a while, as it is when it is started anew: else a contract whose look that
 * ended would be late until the sweep finds it, a minute or two. Throws what settling threw: after a minute, when
 * `closing` aborts, or at once where it was not for that. `onError` hears of each time before.
 */
export function settleAtLast(
  settle: Settle,
  closing: AbortSignal,
  onError: (error: unknown) => void,
): Settle {
  return async (settlement) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await settle(settlement);
      } catch (error) {
        if (attempt === tries || closing.aborted || !isUnreachable(error)) throw error;
        onError(error);
      }
      await sleep(betweenMilliseconds, undefined, { signal: closing }).catch(() => undefined);
    }
  };
}
