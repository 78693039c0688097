import { contractsSince, readPerson, type Reader, type StoredContract } from "@countersign/store";
import { readKept, termsOf, type Kept } from "../audience/kept.ts";
import { peopleIn, type NamedPerson } from "../audience/name-owner.ts";
import { differences, slimmed, type Differences } from "./differences.ts";
import { nameOfPlace } from "./place.ts";
import { quieten } from "./quieten.ts";
import type { RehearsedChange, RehearsedPost, SlackRehearsal } from "./rehearsal.ts";
import { replay, type Hears, type Said } from "./replay.ts";
import { digestOfRules, type SlackRules } from "./rules.ts";
import { readStory, readTelling, type Story } from "./story.ts";

/** The rules of a countersign.yaml; null where it has none for Slack. */
export type Rules = { present: SlackRules | null; changed: SlackRules | null };

/**
 * What `changed` would say in Slack of the contracts since then that `present` does not, the other way round, and
 * what it would say otherwise. What people subscribed to holds for both. Reads the database alone and writes nothing.
 */
export async function rehearse(
  reader: Reader,
  { present, changed }: Rules,
  since: Date,
  { now, tell }: { now: Date; tell: (line: string) => void },
): Promise<SlackRehearsal> {
  const kept = await readKept(reader);
  const before = await openSide(reader, present, kept, now);
  const after = await openSide(reader, changed, kept, now);
  let contracts = 0;
  for await (const some of contractsSince(reader, since)) {
    await Promise.all(some.map((stored) => replayBoth(reader, stored, before, after)));
    contracts += some.length;
    tell(`slack: ${contracts} contracts looked at`);
  }
  return {
    digest: changed === null ? null : digestOfRules(changed),
    contracts,
    ...shown(differences(heardBy(before), heardBy(after))),
    digests: [],
  };
}

/** One countersign.yaml, and all that is said by it. */
type Side = { hears: Hears | null; said: Said[] };

async function openSide(
  reader: Reader,
  rules: SlackRules | null,
  kept: readonly Kept[],
  now: Date,
): Promise<Side> {
  if (rules === null) return { hears: null, said: [] };
  const named = await Promise.all(
    rules.workspaces.map(
      async (workspace) => [workspace, await namedIn(reader, workspace, kept)] as const,
    ),
  );
  return { hears: { rules, kept, named: new Map(named), now }, said: [] };
}

/** Whom the subscriptions of a workspace name. Slack is not asked: somebody who is not noted stays unnamed. */
async function namedIn(
  reader: Reader,
  workspace: string,
  kept: readonly Kept[],
): Promise<NamedPerson[]> {
  const rules = termsOf(kept.filter((one) => one.workspace === workspace)).map(
    ({ terms }) => terms.rule,
  );
  const people = await Promise.all(
    peopleIn(rules).map((userId) => readPerson(reader, { workspace, userId })),
  );
  return people.flatMap((person) => {
    if (person === null || person.email === null) return [];
    return [{ userId: person.userId, email: person.email }];
  });
}

async function replayBoth(
  reader: Reader,
  stored: StoredContract,
  before: Side,
  after: Side,
): Promise<void> {
  const story = await readStory(reader, stored);
  const [old, changed] = await Promise.all([
    replayOne(reader, story, before),
    replayOne(reader, story, after),
  ]);
  const [slimOld, slimChanged] = slimmed(old, changed);
  before.said.push(...slimOld);
  after.said.push(...slimChanged);
}

async function replayOne(reader: Reader, story: Story, { hears }: Side): Promise<Said[]> {
  if (hears === null) return [];
  return replay(story, await readTelling(reader, hears.rules, story.contract), hears);
}

function heardBy({ hears, said }: Side): Said[] {
  return hears === null ? [] : quieten(said, hears.rules.hearing.noise);
}

function shown({ posts, without, changed }: Differences) {
  return {
    posts: posts.map(postOf).toSorted(byContract),
    without: without.map(postOf).toSorted(byContract),
    changed: changed.map(({ after, before, lost, gained }): RehearsedChange => {
      const { contractId, title, place, version, part, text, stands } = after;
      const about = { contractId, title, place, version };
      return { ...about, before, after: part, text, lost, gained, stands };
    }),
  };
}

/** A contract's places one after the other, in each its card first and then what happened. */
function byContract(a: RehearsedPost, b: RehearsedPost): number {
  return orderOf(a) < orderOf(b) ? -1 : 1;
}

function orderOf({ contractId, place, part, at }: RehearsedPost): string {
  return JSON.stringify([contractId, nameOfPlace(place), part === "card" ? "" : at]);
}

function postOf(said: Said): RehearsedPost {
  const { contractId, title, place, version, part, covers, happenedAt: at, text, settled } = said;
  return { contractId, title, place, version, part, covers, at, text, settled };
}
