import type { ContractEvent } from "@countersign/core";
import type { ContractFacts } from "../contracts/facts.ts";
import { momentsOf, type Moment } from "../contracts/moments.ts";
import { matchesContract, matchesEvent } from "./matches.ts";
import type { Rule } from "./rule.ts";

/**
 * What the rule wants told of a contract, of all its events, by the provider's time. What is posted and what
 * the preview counts both come from here, so that they cannot differ.
 */
export function matchingMoments(
  rule: Rule,
  facts: ContractFacts,
  events: ContractEvent[],
): Moment[] {
  if (!matchesContract(rule, facts)) return [];
  return momentsOf(facts.contract, events).filter(({ event }) => matchesEvent(rule, event.type));
}
