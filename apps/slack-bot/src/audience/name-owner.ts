import type { ContractFacts } from "../contracts/facts.ts";
import type { Rule } from "../subscriptions/rule.ts";

/** Somebody of a workspace, and whom the e-mail address is of. */
export type NamedPerson = { userId: string; email: string };

/** The people whom the rules ask for by their Slack id. */
export function peopleIn(rules: readonly Rule[]): string[] {
  const owners = rules
    .flatMap(({ include, exclude }) => [...include, ...exclude])
    .flatMap((filter) => (filter.key === "owner" ? filter.values : []));
  return [...new Set(owners.flatMap((owner) => ("userId" in owner ? [owner.userId] : [])))];
}

/**
 * The facts with the owner's Slack id, where the owner is one of these people: providers and CRMs know only the
 * address. Somebody else stays unnamed.
 */
export function nameOwner(facts: ContractFacts, people: readonly NamedPerson[]): ContractFacts {
  const email = facts.owner.email?.toLowerCase();
  const owner = people.find((person) => person.email.toLowerCase() === email);
  if (email === undefined || owner === undefined) return facts;
  return { ...facts, owner: { ...facts.owner, userId: owner.userId } };
}
