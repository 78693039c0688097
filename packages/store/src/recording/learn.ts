import { isDeepStrictEqual } from "node:util";
import {
  contractIdOf,
  endingTypes,
  fold,
  joinSame,
  samenessOf,
  toEvent,
  type Contract,
  type ContractEvent,
  type ContractReport,
  type ReportedFact,
} from "@countersign/core";
import { searchableText } from "../words.ts";
import type { Delivery } from "../deliveries.ts";

/** A delivery that was understood, and what it reports. */
export type Understood = { deliveryId: string; delivery: Delivery; reports: ContractReport[] };

/** The events of a contract, each by its `samenessOf`. */
export type KnownEvents = ReadonlyMap<string, ContractEvent>;

/** What was known of a contract before. `version` counts its changes; `searchable` is null where not known. */
export type Known = { version: number; events: KnownEvents; searchable: string | null };

export function bySameness(events: readonly ContractEvent[]): KnownEvents {
  return new Map(events.map((event) => [samenessOf(event), event]));
}

/** A contract that is not what it was. */
export type ChangedContract = {
  contract: Contract;
  version: number;
  isNew: boolean;
  /** See `searchableText`. */
  searchable: string;
  hasNewWords: boolean;
  /** All that is known of it now. */
  events: KnownEvents;
  /** New, or better known than before; each with the delivery that first proved it. */
  news: { event: ContractEvent; deliveryId: string }[];
};

/** A contract while it learns from one delivery after the other. */
type Learning = {
  about: { id: string; source: string; externalId: string };
  isNew: boolean;
  searchable: string | null;
  /** By their `samenessOf`, as is `news`. */
  events: Map<string, ContractEvent>;
  version: number;
  news: Map<string, { event: ContractEvent; deliveryId: string }>;
};

/**
 * Joins what deliveries report, one after the other, to what is known of their contracts. Returns the
 * contracts that changed, ordered by id, and for each delivery the ids of those that it changed.
 */
export function learn(
  deliveries: Understood[],
  knownOf: ReadonlyMap<string, Known>,
): { contracts: ChangedContract[]; changedBy: Map<string, string[]> } {
  const learning = new Map<string, Learning>();
  const changedBy = new Map<string, string[]>();
  for (const one of deliveries) {
    const changed = one.reports.flatMap((report) => {
      const id = contractIdOf(one.delivery.source, report.externalId);
      const contract = learning.get(id) ?? begin(id, one.delivery.source, report, knownOf.get(id));
      learning.set(id, contract);
      return learnReport(contract, one, report) ? [id] : [];
    });
    changedBy.set(one.deliveryId, [...new Set(changed)]);
  }
  const contracts = [...learning.values()]
    .filter(({ news }) => news.size > 0)
    .toSorted((a, b) => (a.about.id < b.about.id ? -1 : 1))
    .map(toChanged);
  return { contracts, changedBy };
}

/** The ids of the contracts that deliveries are about. */
export function contractsOf(deliveries: readonly Understood[]): string[] {
  const ids = deliveries.flatMap(({ delivery, reports }) =>
    reports.map(({ externalId }) => contractIdOf(delivery.source, externalId)),
  );
  return [...new Set(ids)];
}

function begin(
  id: string,
  source: string,
  { externalId }: ContractReport,
  known: Known | undefined,
): Learning {
  return {
    about: { id, source, externalId },
    isNew: known === undefined,
    searchable: known?.searchable ?? null,
    events: new Map(known?.events),
    version: known?.version ?? 0,
    news: new Map(),
  };
}

/** Whether the report told us anything new. */
function learnReport(contract: Learning, one: Understood, report: ContractReport): boolean {
  let changed = false;
  const observedAt = one.delivery.receivedAt.toISOString();
  for (const fact of report.facts) {
    const key = samenessOf(fact);
    const old = contract.events.get(key);
    if (old !== undefined && addsNothing(old, fact, observedAt)) continue;
    const event = toEvent(fact, sightingOf(contract, one.delivery, fact));
    const joined = old === undefined ? event : joinSame(old, event);
    if (old !== undefined && isAsBefore(old, joined)) continue;
    contract.events.set(key, joined);
    const provedBefore = contract.news.get(key);
    const first = provedBefore !== undefined && !(old?.claimed === true && !joined.claimed);
    contract.news.set(key, {
      event: joined,
      deliveryId: first ? provedBefore.deliveryId : one.deliveryId,
    });
    changed = true;
  }
  if (changed) contract.version += 1;
  return changed;
}

function sightingOf({ about }: Learning, delivery: Delivery, fact: ReportedFact) {
  return {
    contractId: about.id,
    observedAt: delivery.receivedAt.toISOString(),
    via: delivery.via,
    claimed: delivery.claimsEndings && endingTypes.has(fact.type),
  };
}

/** Most of a snapshot repeats what is known: that is seen without making an event of it. */
function addsNothing(old: ContractEvent, fact: ReportedFact, observedAt: string): boolean {
  const isLater = old.occurredAt <= fact.occurredAt && old.observedAt <= observedAt;
  return !old.claimed && isLater && saySame(old, fact);
}

function isAsBefore(old: ContractEvent, joined: ContractEvent): boolean {
  const sameTimes = old.occurredAt === joined.occurredAt && old.observedAt === joined.observedAt;
  return old.claimed === joined.claimed && sameTimes && saySame(old, joined);
}

function saySame(a: ReportedFact, b: ReportedFact): boolean {
  if (a.reason !== b.reason || a.note !== b.note) return false;
  return a.description === b.description || isDeepStrictEqual(a.description, b.description);
}

function toChanged(learning: Learning): ChangedContract {
  const { about, isNew, version, events } = learning;
  const news = [...learning.news.values()];
  const contract = fold(about, events.values());
  const searchable = searchableText(contract);
  const hasNewWords = searchable !== learning.searchable;
  return { contract, version, isNew, events, news, searchable, hasNewWords };
}
