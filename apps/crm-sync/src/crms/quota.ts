import { RetryLater } from "@countersign/store";

/** The calls that a CRM allows in a day to all apps together, and how many of them are left. */
export type Quota = { limit: number; left: number };

/** Seconds from one try to the next while the share is used up: only an answer tells that there is more again. */
const triesEvery = 300;

/**
 * Throws RetryLater where the share of the day's calls is used up, but for one call every five minutes.
 * `read` gives what the CRM said last, null where it has not.
 */
export function guardQuota(share: number, read: () => Quota | null, now: () => Date): () => void {
  let nextTry = 0;
  return () => {
    const quota = read();
    if (quota === null || quota.limit - quota.left < share * quota.limit) {
      nextTry = 0;
      return;
    }
    const wait = nextTry - now().getTime();
    if (wait > 0) throw new RetryLater(Math.ceil(wait / 1_000));
    nextTry = now().getTime() + triesEvery * 1_000;
  };
}

/** Where countersign.yaml says nothing. */
export const usualShare = 0.9;
