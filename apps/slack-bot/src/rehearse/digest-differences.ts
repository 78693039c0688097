import type { Person } from "@countersign/store";
import type { Kept } from "../audience/kept.ts";
import { channelDigests, type ChannelDigest } from "../digests/schedule.ts";
import { readSettings } from "../people/settings.ts";
import { nameOfRecurrence } from "../subscriptions/recurrence.ts";
import { rehearsalWords as words } from "../words/rehearsal-words.ts";
import { nameOfPlace, type Place } from "./place.ts";
import type { RehearsedDigest } from "./rehearsal.ts";
import type { SlackRules } from "./rules.ts";

/** What channels and people asked for, whatever countersign.yaml says. */
export type Asked = { kept: readonly Kept[]; people: readonly Person[] };

/** A digest that is sent again and again, and of what: the same text for the same contracts. */
type Digest = { name: string; place: Place; when: string; of: string };

/** The digests that only one of the files sends, or sends of other contracts. */
export function digestDifferences(
  asked: Asked,
  { present, changed }: { present: SlackRules | null; changed: SlackRules | null },
): RehearsedDigest[] {
  const before = new Map(digestsBy(present, asked).map((digest) => [digest.name, digest]));
  const after = new Map(digestsBy(changed, asked).map((digest) => [digest.name, digest]));
  const gone = [...before.values()].filter(({ name }) => !after.has(name));
  const others = [...after.values()].flatMap(({ name, place, when, of }) => {
    const known = before.get(name);
    if (known === undefined) return [{ place, message: words.digestBegins(when) }];
    return known.of === of ? [] : [{ place, message: words.digestIsOther(when) }];
  });
  return [
    ...gone.map(({ place, when }) => ({ place, message: words.digestEnds(when) })),
    ...others,
  ];
}

function digestsBy(rules: SlackRules | null, { kept, people }: Asked): Digest[] {
  if (rules === null) return [];
  const { hearing, workspaces } = rules;
  const isThere = ({ workspace }: { workspace: string }) => workspaces.includes(workspace);
  const ofChannels = channelDigests(kept.filter(isThere), hearing.defaultChannel).map(
    channelDigest,
  );
  if (!hearing.directMessages) return ofChannels;
  return [...ofChannels, ...people.filter(isThere).flatMap(personDigest)];
}

function channelDigest({ workspace, channel, recurrence, rules }: ChannelDigest): Digest {
  const place = { workspace, channel, person: null };
  const name = `${nameOfPlace(place)} ${nameOfRecurrence(recurrence)}`;
  const { at, timezone } = recurrence;
  return { name, place, when: `${at} (${timezone})`, of: JSON.stringify(rules) };
}

function personDigest({ workspace, userId, email, settings }: Person): Digest[] {
  const { digest } = readSettings(settings);
  if (digest === null) return [];
  const place = { workspace, channel: null, person: email ?? userId };
  return [{ name: nameOfPlace(place), place, when: digest.at, of: "" }];
}
