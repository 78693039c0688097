import type { AmountRange } from "./amount-range.ts";
import { eventWords, type EventWord } from "./event-words.ts";
import { textKeys, type Filter, type Owner, type Rule, type TextKey } from "./rule.ts";
import { foldText } from "./text-match.ts";

/** The values of some filters by key, those of one key joined, each once and in one order. */
export type Wanted = {
  event: EventWord[];
  owner: Owner[];
  amount: AmountRange[];
} & Record<TextKey, string[]>;

export function wantedOf(filters: Filter[]): Wanted {
  const events = new Set(
    filters.flatMap((filter) => (filter.key === "event" ? filter.values : [])),
  );
  const owners = filters.flatMap((filter) => (filter.key === "owner" ? filter.values : []));
  const amounts = filters.flatMap((filter) => (filter.key === "amount" ? filter.values : []));
  const texts = (key: TextKey) =>
    distinct(
      filters.flatMap((filter) => (hasKey(filter, key) ? filter.values : [])),
      foldText,
    );
  return {
    event: eventWords.filter((word) => events.has(word)),
    owner: distinct(owners.map(lowerCase), nameOfOwner),
    amount: distinct(amounts, nameOfRange),
    template: texts("template"),
    provider: texts("provider"),
    account: texts("account"),
    pipeline: texts("pipeline"),
    stage: texts("stage"),
    tag: texts("tag"),
  };
}

/**
 * The rule in the one form that all rules share which differ only in the order, repetition or case of what
 * they name. Events that are both included and excluded are taken out of what is included.
 */
export function normalRule(rule: Rule): Rule {
  const [include, exclude] = [wantedOf(rule.include), wantedOf(rule.exclude)];
  const left = include.event.filter((word) => !exclude.event.includes(word));
  if (left.length === 0) return { include: filtersOf(include), exclude: filtersOf(exclude) };
  return {
    include: filtersOf({ ...include, event: left }),
    exclude: filtersOf({ ...exclude, event: [] }),
  };
}

function filtersOf({ event, owner, amount, ...texts }: Wanted): Filter[] {
  const filters: Filter[] = [
    { key: "event", values: event },
    { key: "owner", values: owner },
    { key: "amount", values: amount },
    ...textKeys.map((key) => ({ key, values: texts[key] })),
  ];
  return filters.filter(({ values }) => values.length > 0);
}

type TextFilter = Extract<Filter, { key: TextKey }>;

function hasKey(filter: Filter, key: TextKey): filter is TextFilter {
  return filter.key === key;
}

function lowerCase(owner: Owner): Owner {
  return "email" in owner ? { email: owner.email.toLowerCase() } : owner;
}

function nameOfOwner(owner: Owner): string {
  return "email" in owner ? `email ${owner.email}` : `user ${owner.userId}`;
}

/** Sorts as the amounts do. */
function nameOfRange({ least, most, currency }: AmountRange): string {
  return `${nameOfBound(least)} ${nameOfBound(most)} ${currency ?? ""}`;
}

function nameOfBound(bound: AmountRange["least"]): string {
  return bound === null ? "" : `${bound.value.toFixed(2).padStart(20, "0")} ${bound.included}`;
}

/** Sorted; of several with the same name, the first in that order. */
function distinct<Value>(values: Value[], nameOf: (value: Value) => string): Value[] {
  const spelt = (value: Value) => `${nameOf(value)}\n${JSON.stringify(value)}`;
  const sorted = values.toSorted((a, b) => (spelt(a) < spelt(b) ? -1 : 1));
  return sorted.filter((value, index) => {
    const before = sorted[index - 1];
    return before === undefined || nameOf(before) !== nameOf(value);
  });
}
