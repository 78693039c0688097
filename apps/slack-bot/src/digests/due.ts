import { keepSchedules, readPeopleWithSettings, savePerson, type Person } from "@countersign/store";
import { personOf } from "../acting/people.ts";
import { readKept } from "../audience/kept.ts";
import { openPeople } from "../audience/people.ts";
import { readSettings } from "../people/settings.ts";
import type { Ports } from "../ports.ts";
import type { Channels } from "../slack/channels.ts";
import {
  cronOf,
  dueBetween,
  nameOfRecurrence,
  type Recurrence,
} from "../subscriptions/recurrence.ts";
import { channelDigests, personRecurrence, type ChannelDigest } from "./schedule.ts";
import { sendChannelDigest, sendPersonDigest } from "./send.ts";

/** The queue of digests; a schedule in it is one time of the day at which some are due. */
export const digestQueue = "slack-digests";

type PersonDigest = { person: Person; recurrence: Recurrence };

/** Makes the schedules be those that channels and people ask for. */
export async function keepDigestSchedules(ports: Ports): Promise<void> {
  const [channels, people] = await Promise.all([digestsOfChannels(ports), digestsOfPeople(ports)]);
  const recurrences = [...channels, ...people].map(({ recurrence }) => recurrence);
  const byName = new Map(recurrences.map((one) => [nameOfRecurrence(one), one]));
  const wanted = [...byName].map(([key, one]) => ({
    key,
    cron: cronOf(one),
    timezone: one.timezone,
  }));
  await keepSchedules(ports.store(), digestQueue, wanted);
}

/**
 * Sends the digests that are due by the schedule of this name, each once however often it is tried. One that fails
 * holds up no other; then throws what the first of them threw.
 */
export async function sendDueDigests(
  ports: Ports,
  channels: Channels,
  key: string,
  at: Date,
): Promise<void> {
  const isDue = ({ recurrence }: { recurrence: Recurrence }) =>
    nameOfRecurrence(recurrence) === key;
  const people = openPeople(ports);
  const [ofChannels, ofPeople] = await Promise.all([
    digestsOfChannels(ports),
    digestsOfPeople(ports),
  ]);
  const sent = await Promise.allSettled([
    ...ofChannels.filter(isDue).map(async (digest) => {
      const due = lastDue(digest.recurrence, at);
      const named = await people.named(digest.workspace, digest.rules);
      if (due !== null) await sendChannelDigest(ports, channels, digest, named, due);
    }),
    ...ofPeople.filter(isDue).map(async ({ person, recurrence }) => {
      const due = lastDue(recurrence, at);
      const { workspace, userId } = person;
      const email = person.email ?? (await personOf(ports, person)).email;
      if (due === null || email === null) return;
      await sendPersonDigest(ports, channels, { workspace, userId, email }, recurrence, due);
    }),
  ]);
  const failed = sent.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

/** The queue may come a moment later than the clock. */
function lastDue(recurrence: Recurrence, at: Date): Date | null {
  const dayBefore = new Date(at.getTime() - 86_400_000);
  return dueBetween(recurrence, dayBefore, at).at(-1) ?? null;
}

async function digestsOfChannels(ports: Ports): Promise<ChannelDigest[]> {
  const [kept, installed] = await Promise.all([readKept(ports.store()), ports.workspaces.all()]);
  const there = kept.filter(({ workspace }) => installed.includes(workspace));
  return channelDigests(there, ports.hearing.defaultChannel);
}

async function digestsOfPeople(ports: Ports): Promise<PersonDigest[]> {
  if (!ports.hearing.directMessages) return [];
  const [people, installed] = await Promise.all([
    readPeopleWithSettings(ports.store()),
    ports.workspaces.all(),
  ]);
  const asking = people
    .filter(({ workspace }) => installed.includes(workspace))
    .filter(({ settings }) => readSettings(settings).digest !== null);
  const digests = asking.map(async (person) => {
    const timezone = await timezoneOf(ports, person);
    const recurrence = personRecurrence(readSettings(person.settings), timezone);
    return recurrence === null ? [] : [{ person, recurrence }];
  });
  return (await Promise.all(digests)).flat();
}

/** Noted where it was not known, so that Slack is asked once. */
async function timezoneOf(ports: Ports, person: Person): Promise<string> {
  if (person.timezone !== null) return person.timezone;
  try {
    const { email, timezone } = await personOf(ports, person);
    const { workspace, userId } = person;
    await savePerson(ports.store(), { workspace, userId, email, isStated: false, timezone });
    return timezone ?? ports.workingHours.timezone;
  } catch {
    // Slack is away: by the configured clock, until it is back.
    return ports.workingHours.timezone;
  }
}
