import {
  contractStatuses,
  endingTypes,
  openStatuses,
  type Contract,
  type ContractEvent,
} from "@countersign/core";
import {
  historySince,
  readCollapsed,
  readContract,
  readContractsOf,
  readEvents,
  readQuieted,
  type Noise,
} from "@countersign/store";
import { channelShowsAmounts, ownerSeesAmounts } from "../audience/amounts.ts";
import { quietOf, type Spot } from "../audience/channel-plans.ts";
import { nameOwner, type NamedPerson } from "../audience/name-owner.ts";
import type { Digest } from "../blocks/digest.ts";
import { cardOf, type Card } from "../contracts/card.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import { readFacts } from "../contracts/read-facts.ts";
import type { Ports } from "../ports.ts";
import { matchingMoments } from "../subscriptions/matching-moments.ts";
import type { Rule } from "../subscriptions/rule.ts";
import { groupCards } from "./group.ts";

/** Contracts that one digest sums up, the latest changed; more than a channel can follow. */
const most = 2_000;

/** Contracts in one digest of what was left unsaid. */
const mostCollapsed = 500;

/** After `from` and up to `to`, by when it came to be known here, so that what comes late is told too. */
export type Window = { from: Date; to: Date };

/**
 * The contracts to which something happened in the window that one of the rules wants, as a channel may see them. What
 * is quiet there is left out. `people`: those whom the rules ask for.
 */
export async function gatherForChannel(
  ports: Ports,
  spot: Spot,
  rules: readonly Rule[],
  people: readonly NamedPerson[],
  window: Window,
): Promise<Digest> {
  const store = ports.store();
  const { from } = window;
  const found = new Map<string, ContractFacts>();
  let isCut = false;
  for await (const page of historySince(store, from)) {
    const looked = page.map(async ({ contract, events }) => {
      const facts = nameOwner(await readFacts(store, ports, contract), people);
      const isWanted = rules.some((rule) =>
        matchingMoments(rule, facts, events).some(({ event }) => isIn(window, event)),
      );
      return { facts, isWanted };
    });
    for (const { facts, isWanted } of await Promise.all(looked)) {
      if (isWanted) found.set(facts.contract.id, facts);
    }
    isCut = dropOldest(found) || isCut;
  }
  const heard = await withoutQuiet(ports, [...found.values()], {
    ...spot,
    audience: spot.channel,
  });
  return {
    kind: "channel",
    since: from.toISOString(),
    ...groupCards(heard.map(channelCard(ports))),
    cutAt: isCut ? most : null,
  };
}

/** Leaves as many as one digest sums up, and says whether there were more. */
function dropOldest(found: Map<string, unknown>): boolean {
  const tooMany = [...found.keys()].slice(0, Math.max(0, found.size - most));
  for (const id of tooMany) found.delete(id);
  return tooMany.length > 0;
}

/** The contracts of which something was left unsaid in a channel in the window, as they are now. */
export async function gatherCollapsed(
  ports: Ports,
  noise: Pick<Noise, "destination" | "channel">,
  window: Window,
): Promise<Digest> {
  const store = ports.store();
  const contractIds = await readCollapsed(store, noise, window, mostCollapsed + 1);
  const read = contractIds.slice(0, mostCollapsed).map(async (id) => {
    const stored = await readContract(store.database, id);
    return stored === null ? [] : [await readFacts(store, ports, stored.contract)];
  });
  const cards = (await Promise.all(read)).flat().map(channelCard(ports));
  return {
    kind: "collapsed",
    since: window.from.toISOString(),
    ...groupCards(cards),
    cutAt: contractIds.length > mostCollapsed ? mostCollapsed : null,
  };
}

/** Somebody's open contracts, and those that ended in the window. */
export async function gatherForPerson(
  ports: Ports,
  person: { workspace: string; userId: string; email: string },
  { from, to }: Window,
): Promise<Digest> {
  const store = ports.store();
  const ended = contractStatuses.filter((status) => !openStatuses.has(status));
  const [open, over] = await Promise.all([
    readContractsOf(store, person.email, { statuses: [...openStatuses] }, most + 1),
    readContractsOf(store, person.email, { statuses: ended, changedSince: from }, most + 1),
  ]);
  const isCut = [open, over].some(({ length }) => length > most);
  const news = await Promise.all(
    over
      .slice(0, most)
      .map(async ({ contract }) =>
        (await endedIn(ports, contract, { from, to })) ? [contract] : [],
      ),
  );
  const contracts = [...open.slice(0, most).map(({ contract }) => contract), ...news.flat()];
  const facts = await Promise.all(contracts.map((contract) => readFacts(store, ports, contract)));
  const own = facts.filter(
    ({ owner }) => owner.email?.toLowerCase() === person.email.toLowerCase(),
  );
  const heard = await withoutQuiet(ports, own, { ...person, audience: person.userId });
  const offers = { ...nothingOffered, showAmounts: ownerSeesAmounts(ports.roles, person.userId) };
  const cards = heard.map((one) => cardOf(one, offers, ports.now()));
  return {
    kind: "person",
    since: from.toISOString(),
    ...groupCards(cards),
    cutAt: isCut ? most : null,
  };
}

export function isEmpty({ attention, waiting, finished }: Digest): boolean {
  return attention.length + waiting.length + finished.length === 0;
}

function isIn({ from, to }: Window, { observedAt }: ContractEvent): boolean {
  const at = Date.parse(observedAt);
  return at > from.getTime() && at <= to.getTime();
}

async function endedIn(ports: Ports, { id }: Contract, window: Window): Promise<boolean> {
  const events = await readEvents(ports.store().database, id);
  return events.some((event) => endingTypes.has(event.type) && isIn(window, event));
}

async function withoutQuiet(
  ports: Ports,
  facts: readonly ContractFacts[],
  whom: { workspace: string; audience: string },
): Promise<ContractFacts[]> {
  const store = ports.store();
  const heard = facts.map(async (one) => {
    const quieted = await readQuieted(store, one.contract.id);
    return quietOf(quieted, whom, store.now()) === null ? [one] : [];
  });
  return (await Promise.all(heard)).flat();
}

/** A digest has no buttons. */
const nothingOffered = { canRemind: false, linkable: [] };

function channelCard(ports: Ports): (facts: ContractFacts) => Card {
  const offers = { ...nothingOffered, showAmounts: channelShowsAmounts(ports.roles) };
  return (facts) => cardOf(facts, offers, ports.now());
}
