import type { ContractFacts, DealFacts } from "../contracts/facts.ts";
import { holds, type Amount, type AmountRange } from "./amount-range.ts";
import type { Filter, Owner, TextKey } from "./rule.ts";
import { hasWords, isSameText } from "./text-match.ts";

/**
 * Whether the contract has one of the filter's values; false where it cannot be judged. Letters match in
 * any case: `template` and `account` as words within, `provider` (its id, its name or the source),
 * `pipeline`, `stage`, `tag` and e-mail addresses as a whole.
 */
export function fits(filter: Exclude<Filter, { key: "event" }>, facts: ContractFacts): boolean {
  if (filter.key === "owner") return filter.values.some((owner) => isOwner(facts.owner, owner));
  if (filter.key === "amount") return filter.values.some((range) => holdsAmountOf(facts, range));
  const matches = filter.key === "template" || filter.key === "account" ? hasWords : isSameText;
  const texts = textsOf(filter.key, facts);
  return filter.values.some((wanted) => texts.some((text) => matches(text, wanted)));
}

function textsOf(key: TextKey, { contract, provider, deals }: ContractFacts): string[] {
  switch (key) {
    case "template": {
      const named = fieldsNamed(contract.fields, ["template", "template_name"]);
      return named.length > 0 ? named : [contract.title ?? ""];
    }
    case "provider":
      return [provider.id, provider.title, contract.source];
    case "tag":
      return fieldsNamed(contract.fields, ["tag", "tags"]).flatMap((text) => text.split(","));
    case "account":
    case "pipeline":
    case "stage":
      return deals.map((deal) => deal[key]).filter((text) => text !== null);
  }
}

/** The custom fields with one of these names, in any case, that say something. */
function fieldsNamed(fields: Record<string, string>, names: string[]): string[] {
  return Object.entries(fields)
    .filter(([name, value]) => names.includes(name.toLowerCase()) && value.trim() !== "")
    .map(([, value]) => value);
}

function isOwner({ userId, email }: ContractFacts["owner"], wanted: Owner): boolean {
  if ("userId" in wanted) return userId === wanted.userId;
  return email?.toLowerCase() === wanted.email.toLowerCase();
}

/** The contract's own amount counts, else the largest among its deals, in the range's currency if it names one. */
function holdsAmountOf({ contract, deals }: ContractFacts, range: AmountRange): boolean {
  const known = contract.amount === null ? deals.flatMap(amountOf) : [contract.amount];
  const comparable = known.filter(
    ({ currency }) => range.currency === null || currency?.toUpperCase() === range.currency,
  );
  const largest = comparable.toSorted((a, b) => b.value - a.value)[0];
  return largest !== undefined && holds(range, largest);
}

function amountOf({ amount, currency }: DealFacts): Amount[] {
  return amount === null ? [] : [{ value: amount, currency }];
}
