import type { Log } from "@countersign/service";
import { followSchedules, forgetRequests, keepSchedules, type Schedule } from "@countersign/store";
import { openPeople } from "../audience/people.ts";
import type { Ports } from "../ports.ts";
import type { Channels } from "../slack/channels.ts";
import { nudgeAll, type Nudged } from "./nudge-all.ts";

/** The queue of what is done again and again for stalls, and of what is forgotten. */
const name = "slack-nudges";

const nudge: Schedule = { key: "nudge", cron: "*/10 * * * *", timezone: "UTC" };
const forget: Schedule = { key: "forget-requests", cron: "23 3 * * *", timezone: "UTC" };

/** How long it is remembered that a request was acted on, in milliseconds. Slack repeats one within an hour. */
const remembered = 2 * 86_400_000;

/** Tells owners of contracts that have stalled, and forgets old requests: once each time over all processes. */
export async function followNudges(
  ports: Ports,
  channels: Channels,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const people = openPeople(ports);
  const onNudged = (nudged: Nudged) => logNudged(log, nudged);
  await keepSchedules(ports.store(), name, [nudge, forget]);
  return followSchedules(ports.store(), name, async (key) => {
    if (key === nudge.key) await nudgeAll({ ports, channels, people, onNudged });
    if (key === forget.key) {
      await forgetRequests(ports.store(), new Date(ports.now().getTime() - remembered));
    }
  });
}

function logNudged(log: Log, nudged: Nudged): void {
  const { contractId, end } = nudged;
  switch (end) {
    case "told":
      log.info({ contractId }, "somebody was told of a stalled contract");
      return;
    case "refused":
      log.warn({ contractId }, "nobody could be told of a stalled contract");
      return;
    case "failed":
      log.warn({ contractId, error: nudged.error }, "a stalled contract could not be told of now");
      return;
    case "known":
    case "held":
    case "later":
      log.debug({ contractId, end }, "a stalled contract was not told of");
  }
}
