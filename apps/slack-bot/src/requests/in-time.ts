import { setTimeout as sleep } from "node:timers/promises";

/** Slack gives up on a request after three seconds; this leaves more than one for the way. In milliseconds. */
const patience = 1_500;

/** What the work comes to, or `late` where that takes longer than Slack waits; the work goes on. Rejects as it does. */
export async function inTime<Result>(work: Promise<Result>): Promise<Result | "late"> {
  const waiting = new AbortController();
  const late = sleep(patience, "late" as const, { signal: waiting.signal }).catch(
    () => "late" as const,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
  }
}
