import type { JobWithMetadata } from "pg-boss";
import type { Store } from "../store.ts";

/** When something is due again and again. `cron` has five fields; `timezone` is an IANA name. */
export type Schedule = { key: string; cron: string; timezone: string };

/** How long a run may take, in seconds, and how often one that fails is tried again. */
const run = { expireInSeconds: 600, retryLimit: 5, retryDelay: 10, retryBackoff: true };

/** Makes the schedules of this name be those given: new ones begin, changed ones change, others end. */
export async function keepSchedules(
  { queue }: Store,
  name: string,
  wanted: readonly Schedule[],
): Promise<void> {
  await queue.createQueue(name, run);
  const present = await queue.getSchedules(name);
  const keys = new Set(wanted.map(({ key }) => key));
  for (const { key } of present) if (!keys.has(key)) await queue.unschedule(name, key);
  const known = new Map(present.map((one) => [one.key, `${one.cron} ${one.timezone}`]));
  for (const { key, cron, timezone } of wanted) {
    if (known.get(key) === `${cron} ${timezone}`) continue;
    await queue.schedule(name, cron, { key }, { tz: timezone, key });
  }
}

/**
 * Runs what the schedules of this name are for, once each time over all processes. `due` is when it was due;
 * a run that throws is tried again with growing delays.
 */
export async function followSchedules(
  { queue }: Store,
  name: string,
  handle: (key: string, due: Date) => Promise<void>,
): Promise<{ stop(): Promise<void> }> {
  await queue.createQueue(name, run);
  const options = { pollingIntervalSeconds: 2, includeMetadata: true } as const;
  const worker = await queue.work(
    name,
    options,
    async (jobs: JobWithMetadata<{ key: string }>[]) => {
      for (const { data, createdOn } of jobs) await handle(data.key, createdOn);
    },
  );
  return { stop: () => queue.offWork(name, { id: worker, wait: true }) };
}
