import type { Contract, ContractEvent } from "@countersign/core";
import {
  readEffects,
  readEvents,
  readPeopleByEmail,
  readPlace,
  readQuieted,
  type Effect,
  type Quieted,
  type Reader,
  type StoredContract,
} from "@countersign/store";
import type { Owner } from "../audience/owner-want.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import { readFacts } from "../contracts/read-facts.ts";
import { readSettings } from "../people/settings.ts";
import type { Place } from "./place.ts";
import type { SlackRules } from "./rules.ts";

/** All that is known of a contract, whatever countersign.yaml says. */
export type Story = {
  contract: Contract;
  version: number;
  events: ContractEvent[];
  quieted: readonly Quieted[];
  /** What was done for it in Slack, oldest first. */
  effects: Effect[];
  /** Whose direct messages the channels are in which something was done, by user id. */
  persons: ReadonlyMap<string, string>;
};

/** What only one countersign.yaml makes of it. */
export type Telling = {
  facts: ContractFacts;
  /** Whom it belongs to. Slack is not asked: somebody who is not noted here has no user id. */
  owners: Owner[];
};

export async function readStory(
  reader: Reader,
  { contract, version }: Pick<StoredContract, "contract" | "version">,
): Promise<Story> {
  const [events, quieted, effects] = await Promise.all([
    readEvents(reader.database, contract.id),
    readQuieted(reader, contract.id),
    readEffects(reader, contract.id, "slack"),
  ]);
  const targets = [...new Set(effects.map(({ target }) => target))];
  const places = await Promise.all(targets.map((target) => readPlace(reader, "slack", target)));
  const persons = places.flatMap((place) =>
    place === null || place.person === null ? [] : [[place.channel, place.person] as const],
  );
  return { contract, version, events, quieted, effects, persons: new Map(persons) };
}

export async function readTelling(
  reader: Reader,
  rules: SlackRules,
  contract: Contract,
): Promise<Telling> {
  const facts = await readFacts(reader, rules, contract);
  return { facts, owners: await ownersOf(reader, rules, facts.owner.email) };
}

async function ownersOf(
  reader: Reader,
  { hearing, workspaces }: SlackRules,
  email: string | null,
): Promise<Owner[]> {
  if (!hearing.directMessages || email === null) return [];
  const people = await readPeopleByEmail(reader, email);
  const noted = workspaces.flatMap((workspace) => {
    const person = people.find((one) => one.workspace === workspace);
    if (person === undefined) return [];
    const { userId, timezone, settings } = person;
    return [{ workspace, userId, email, timezone, settings: readSettings(settings) }];
  });
  if (noted.length > 0) return noted;
  return workspaces.slice(0, 1).map((workspace) => {
    return { workspace, userId: "", email, timezone: null, settings: readSettings({}) };
  });
}

/** What the ledger has of the contract in that place. */
export function effectsAt(
  { effects, persons }: Story,
  { channel }: Place,
  userId: string,
): Effect[] {
  return effects.filter(({ target }) =>
    channel === null ? userId !== "" && persons.get(target) === userId : target === channel,
  );
}
