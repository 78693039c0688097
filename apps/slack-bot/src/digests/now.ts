import type { Kept } from "../audience/kept.ts";
import { openPeople } from "../audience/people.ts";
import { digestMessage } from "../blocks/digest.ts";
import type { Message } from "../blocks/message.ts";
import { readSettings } from "../people/settings.ts";
import type { Ports } from "../ports.ts";
import { dueBetween, type Recurrence } from "../subscriptions/recurrence.ts";
import type { Rule } from "../subscriptions/rule.ts";
import type { Spot } from "../audience/channel-plans.ts";
import { gatherForChannel, gatherForPerson, type Window } from "./gather.ts";
import { channelDigests, personRecurrence } from "./schedule.ts";
import { readPerson } from "@countersign/store";

const day = 86_400_000;

/** Since the last digest that was due, or for a day where none was in the last week. */
function windowUntil(to: Date, recurrences: readonly Recurrence[]): Window {
  const weekAgo = new Date(to.getTime() - 7 * day);
  const due = recurrences.flatMap((one) => dueBetween(one, weekAgo, to));
  const last = due.toSorted((a, b) => a.getTime() - b.getTime()).at(-1);
  return { from: last ?? new Date(to.getTime() - day), to };
}

/** What happened to the contracts that the channel hears of, as anybody there may see it. */
export async function channelDigestNow(
  ports: Ports,
  { spot, kept, rules }: { spot: Spot; kept: readonly Kept[]; rules: readonly Rule[] },
): Promise<Message> {
  const people = await openPeople(ports).named(spot.workspace, rules);
  const digests = channelDigests(kept, ports.hearing.defaultChannel);
  const window = windowUntil(
    ports.store().now(),
    digests.map(({ recurrence }) => recurrence),
  );
  return digestMessage(await gatherForChannel(ports, spot, rules, people, window));
}

/** Somebody's contracts: what is open, and what ended since their last digest. */
export async function personDigestNow(
  ports: Ports,
  person: { workspace: string; userId: string; email: string; timezone: string | null },
): Promise<Message> {
  const known = await readPerson(ports.store(), person);
  const zone = person.timezone ?? ports.workingHours.timezone;
  const recurrence = personRecurrence(readSettings(known?.settings ?? {}), zone);
  const window = windowUntil(ports.store().now(), recurrence === null ? [] : [recurrence]);
  return digestMessage(await gatherForPerson(ports, person, window));
}
