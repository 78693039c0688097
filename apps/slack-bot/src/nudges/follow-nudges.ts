import type { Log } from "@countersign/service";
import { followSchedules, keepSchedules, type Schedule } from "@countersign/store";
import { openPeople } from "../audience/people.ts";
import type { Ports } from "../ports.ts";
import type { Channels } from "../slack/channels.ts";
import { nudgeAll, type Nudged } from "./nudge-all.ts";

/** The queue of what is done again and again for stalls. */
const name = "slack-nudges";

const nudge: Schedule = { key: "nudge", cron: "*/10 * * * *", timezone: "UTC" };

/** Tells owners of contracts that have stalled, once each time over all processes. */
export async function followNudges(
  ports: Ports,
  channels: Channels,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  const people = openPeople(ports);
  const onNudged = (nudged: Nudged) => logNudged(log, nudged);
  await keepSchedules(ports.store(), name, [nudge]);
  return followSchedules(ports.store(), name, () =>
    nudgeAll({ ports, channels, people, onNudged }),
  );
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
