import { PermanentError, readStops, type Stop } from "@countersign/store";
import { stoppedNotice } from "../blocks/notices.ts";
import { sendNotice } from "../notifications/notice.ts";
import type { Ports } from "../ports.ts";
import type { Channels } from "../slack/channels.ts";
import { isAboutTarget, judge } from "../slack/errors.ts";
import { stopWords } from "../words/audience-words.ts";
import { adminsOf } from "./admins.ts";

/** How long it is tried to tell an admin, in milliseconds. */
const triedFor = 86_400_000;

/**
 * Tells an admin of each channel and person that was lost within the last day, unless one was told: once over all
 * processes, as the ledger has it. Throws where one could not be told now, after it has tried the others.
 */
export async function tellOfStops(ports: Ports, channels: Channels): Promise<void> {
  const store = ports.store();
  const since = new Date(store.now().getTime() - triedFor);
  const stops = await readStops(store, "slack", since);
  const told = await Promise.allSettled(stops.map((stop) => tellOf(ports, channels, stop)));
  const failed = told.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

async function tellOf(ports: Ports, channels: Channels, stop: Stop): Promise<void> {
  const { workspace, channel, person, code, at } = stop;
  const message = stoppedNotice({
    target: person ?? channel,
    reason: stopWords.reason(code),
    advice: person === null ? stopWords.channelAdvice(code) : stopWords.personAdvice,
  });
  // A person is lost again each day; that is told once.
  const occasion = person === null ? at.toISOString() : code;
  const key = `stopped/${channel}/${occasion}`;
  const admins = await adminsOf(ports, workspace);
  const whom = [...new Set([...admins, ...stop.madeBy.filter((by) => /^[UW][A-Z0-9]+$/.test(by))])];
  for (const userId of whom.filter((id) => id !== person)) {
    if (await isTold(ports, channels, { workspace, userId, key, message })) return;
  }
}

/** False for who cannot be written to either. */
async function isTold(
  ports: Ports,
  channels: Channels,
  notice: Parameters<typeof sendNotice>[1],
): Promise<boolean> {
  try {
    return await sendNotice({ store: ports.store(), channels }, notice);
  } catch (error) {
    if (error instanceof PermanentError && isAboutTarget(error.code)) return false;
    const verdict = judge(error);
    if (verdict.kind === "permanent" && isAboutTarget(verdict.code)) return false;
    throw error;
  }
}
