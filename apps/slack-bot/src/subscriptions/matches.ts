import type { EventType } from "@countersign/core";
import type { ContractFacts } from "../contracts/facts.ts";
import { eventWordOf } from "./event-words.ts";
import { fits } from "./fits.ts";
import type { Filter, Rule } from "./rule.ts";

/**
 * Whether the contract is one that the rule wants, whatever happens to it. What cannot be judged, as the
 * stage of a contract without a deal, neither includes nor excludes.
 */
export function matchesContract({ include, exclude }: Rule, facts: ContractFacts): boolean {
  const asked = include.filter(isOfContract);
  const answered = new Set(asked.filter((filter) => fits(filter, facts)).map(({ key }) => key));
  if (!asked.every(({ key }) => answered.has(key))) return false;
  return !exclude.filter(isOfContract).some((filter) => fits(filter, facts));
}

/** Whether the rule wants to hear of such an event of a contract that it wants. */
export function matchesEvent({ include, exclude }: Rule, type: EventType): boolean {
  const word = eventWordOf(type);
  const asked = include.filter(isOfEvents);
  const names = ({ values }: EventFilter) => word !== null && values.includes(word);
  return (asked.length === 0 || asked.some(names)) && !exclude.filter(isOfEvents).some(names);
}

type EventFilter = Extract<Filter, { key: "event" }>;

type ContractFilter = Exclude<Filter, EventFilter>;

function isOfEvents(filter: Filter): filter is EventFilter {
  return filter.key === "event";
}

function isOfContract(filter: Filter): filter is ContractFilter {
  return filter.key !== "event";
}
