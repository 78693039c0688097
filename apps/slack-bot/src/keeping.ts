import { followSchedules, forgetRequests, keepSchedules, RetryLater } from "@countersign/store";
import { keepNoise } from "./digests/noise-keep.ts";
import { tellOfStops } from "./audience/stops.ts";
import { digestQueue, keepDigestSchedules, sendDueDigests } from "./digests/due.ts";
import { forgetClosedHomes } from "./home/keep-homes.ts";
import type { Ports } from "./ports.ts";
import type { Channels } from "./slack/channels.ts";
import { forgetOldUnfurls } from "./unfurls/link-shared.ts";

/** What is looked after each minute. */
const minuteQueue = "slack-minute";

/** How long it is remembered that a request was acted on, in milliseconds. Slack repeats one within an hour. */
const requestsRemembered = 2 * 86_400_000;

/**
 * Does what no event sets off: digests when they are due, sums of what was left unsaid, notices to admins that could
 * not be said at once; and forgets what is no longer of use. Once over all processes; the store must be open with
 * `schedules` in one of them at least. `onError` hears of what is tried again.
 */
export async function startKeeping(
  ports: Ports,
  channels: Channels,
  onError: (error: unknown) => void,
): Promise<{ stop(): Promise<void> }> {
  const heard = (work: Promise<void>) =>
    work.catch((error: unknown) => {
      if (!(error instanceof RetryLater)) onError(error);
      throw error;
    });
  const store = ports.store();
  const minute = { key: "minute", cron: "* * * * *", timezone: "UTC" };
  await keepSchedules(store, minuteQueue, [minute]);
  await keepDigestSchedules(ports);
  const following = await Promise.all([
    followSchedules(store, minuteQueue, () => heard(keepMinute(ports, channels))),
    followSchedules(store, digestQueue, (key, due) =>
      heard(sendDueDigests(ports, channels, key, due)),
    ),
  ]);
  return {
    async stop() {
      await Promise.all(following.map((one) => one.stop()));
    },
  };
}

/** All of it, whatever fails; then throws what the first of them threw. */
export async function keepMinute(ports: Ports, channels: Channels): Promise<void> {
  const store = ports.store();
  const kept = await Promise.allSettled([
    keepNoise(ports, channels),
    tellOfStops(ports, channels),
    keepDigestSchedules(ports),
    forgetClosedHomes(ports),
    forgetOldUnfurls(ports),
    forgetRequests(store, new Date(store.now().getTime() - requestsRemembered)),
  ]);
  const failed = kept.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
