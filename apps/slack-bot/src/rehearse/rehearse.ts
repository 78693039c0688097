import type { Contract } from "@countersign/core";
import {
  contractsSince,
  readPeopleWithSettings,
  readPerson,
  type Reader,
  type Store,
  type StoredContract,
} from "@countersign/store";
import { readKept, termsOf, type Kept } from "../audience/kept.ts";
import { peopleIn, type NamedPerson } from "../audience/name-owner.ts";
import { escalationSpot } from "../nudges/nudge-all.ts";
import { readCandidates } from "../nudges/read-candidates.ts";
import { digestDifferences } from "./digest-differences.ts";
import { differences, slimmed, type Differences } from "./differences.ts";
import { nameOfPlace } from "./place.ts";
import { quieten } from "./quieten.ts";
import type { RehearsedChange, RehearsedPost, SlackRehearsal } from "./rehearsal.ts";
import { replay, type Hears, type Said } from "./replay.ts";
import { replayNudges, type NudgeWindow } from "./replay-nudges.ts";
import { digestOfRules, nudgeAlike, type SlackRules } from "./rules.ts";
import { readStory, readTelling } from "./story.ts";

/** The rules of a countersign.yaml; null where it has none for Slack. */
export type Rules = { present: SlackRules | null; changed: SlackRules | null };

/**
 * What `changed` would say in Slack of the contracts since then that `present` does not, the other way round, and
 * what it would say otherwise. What people subscribed to holds for both. Reads the database alone and writes nothing.
 */
export async function rehearse(
  store: Store,
  rules: Rules,
  since: Date,
  { now, tell }: { now: Date; tell: (line: string) => void },
): Promise<SlackRehearsal> {
  const { present, changed } = rules;
  const kept = await readKept(store);
  const open = (rules: SlackRules | null) => openSide(store, rules, kept, { since, now });
  const sides = { before: await open(present), after: await open(changed) };
  const nudges = !nudgeAlike(present, changed);
  const seen = new Set<string>();
  for await (const some of contractsSince(store, since)) {
    // One that changes meanwhile comes again on a later page.
    const fresh = some.filter(({ contract }) => !seen.has(contract.id));
    await Promise.all(fresh.map((stored) => replayBoth(store, stored, sides, nudges)));
    for (const { contract } of fresh) seen.add(contract.id);
    tell(`slack: ${seen.size} contracts looked at`);
  }
  const contracts = seen.size;
  if (nudges) await replayStalls(store, sides, { since, now, seen });
  return {
    digest: changed === null ? null : digestOfRules(changed),
    contracts,
    ...shown(differences(heardBy(sides.before), heardBy(sides.after))),
    digests: digestDifferences({ kept, people: await readPeopleWithSettings(store) }, rules),
  };
}

/** One countersign.yaml, and all that is said by it. */
type Side = { hears: Hears; window: NudgeWindow; said: Said[] };
type Sides = { before: Side | null; after: Side | null };

async function openSide(
  store: Store,
  rules: SlackRules | null,
  kept: readonly Kept[],
  { since, now }: { since: Date; now: Date },
): Promise<Side | null> {
  if (rules === null) return null;
  const { hearing, stalls, workspaces } = rules;
  const named = await Promise.all(
    workspaces.map(async (workspace) => {
      return [workspace, await namedIn(store, workspace, kept)] as const;
    }),
  );
  const escalateTo = await escalationSpot(store, stalls.escalateTo, hearing, workspaces);
  const hears = { rules, kept, named: new Map(named), now };
  return { hears, window: { since, now, escalateTo }, said: [] };
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
  { before, after }: Sides,
  nudges: boolean,
): Promise<void> {
  const story = await readStory(reader, stored);
  const [old, fresh] = await Promise.all(
    [before, after].map(async (side) => {
      if (side === null) return [];
      const { hears, window } = side;
      const telling = await readTelling(reader, hears.rules, story.contract);
      const nudged = nudges ? replayNudges(story, telling, hears.rules, window) : [];
      return [...replay(story, telling, hears), ...nudged];
    }),
  );
  const [slimOld, slimFresh] = slimmed(old ?? [], fresh ?? []);
  before?.said.push(...slimOld);
  after?.said.push(...slimFresh);
}

/** Contracts to which nothing happened since then may have stalled since. */
async function replayStalls(
  store: Store,
  sides: Sides,
  { since, now, seen }: { since: Date; now: Date; seen: Set<string> },
): Promise<void> {
  const both = [sides.before, sides.after].flatMap((side) => (side === null ? [] : [side]));
  for (const { hears } of both) {
    for (const at of [since, now]) {
      const ports = { ...hears.rules, store: () => store, now: () => at };
      for await (const contracts of readCandidates(ports)) {
        const fresh = contracts.filter(({ contract }) => !seen.has(contract.id));
        for (const { contract } of fresh) seen.add(contract.id);
        await Promise.all(fresh.map(({ contract }) => nudgeBoth(store, contract, both)));
      }
    }
  }
}

async function nudgeBoth(store: Store, contract: Contract, sides: readonly Side[]): Promise<void> {
  // Which version it is matters to whoever applies, and nudges come by themselves.
  const story = await readStory(store, { contract, version: 0 });
  for (const { hears, window, said } of sides) {
    const telling = await readTelling(store, hears.rules, contract);
    said.push(...replayNudges(story, telling, hears.rules, window));
  }
}

function heardBy(side: Side | null): Said[] {
  return side === null ? [] : quieten(side.said, side.hears.rules.hearing.noise);
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
