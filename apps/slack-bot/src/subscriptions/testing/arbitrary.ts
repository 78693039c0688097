import fc from "fast-check";
import type { AmountRange } from "../amount-range.ts";
import { digestDays } from "../digest-times.ts";
import { eventWords } from "../event-words.ts";
import { textKeys, type Filter, type Owner, type Rule } from "../rule.ts";
import { modes, type Terms } from "../terms.ts";

/** Few different words, so that rules and contracts often meet. */
export const words = ["NDA", "nda", "Mill lease", "lease", "契約", "a:b, c", "-x"] as const;

export const anOwner: fc.Arbitrary<Owner> = fc.oneof(
  fc.constantFrom("U1", "U2").map((userId) => ({ userId })),
  fc.constantFrom("ann@example.com", "bob@example.com").map((email) => ({ email })),
);

const ends = fc.tuple(fc.nat(1_000), fc.nat(1_000)).filter(([a, b]) => a <= b && b > 0);

const aRange: fc.Arbitrary<AmountRange> = fc
  .record({ ends, shape: fc.nat(5), currency: fc.constantFrom("EUR", "USD", null) })
  .map(({ ends: [a, b], shape, currency }) => {
    const least = shape < 4 ? { value: a, included: shape !== 1 } : null;
    const most = shape === 2 ? { value: b, included: true } : null;
    if (shape === 3) return { least, most: least, currency };
    return shape < 4
      ? { least, most, currency }
      : { least, most: { value: b, included: shape === 5 }, currency };
  });

const aFilter: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    key: fc.constant("event" as const),
    values: fc.array(fc.constantFrom(...eventWords), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    key: fc.constant("owner" as const),
    values: fc.array(anOwner, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    key: fc.constant("amount" as const),
    values: fc.array(aRange, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    key: fc.constantFrom(...textKeys.filter((key) => key !== "provider")),
    values: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    key: fc.constant("provider" as const),
    values: fc.array(fc.constantFrom("docusign", "pandadoc"), { minLength: 1, maxLength: 2 }),
  }),
);

export const aRule: fc.Arbitrary<Rule> = fc.record({
  include: fc.array(aFilter, { maxLength: 3 }),
  exclude: fc.array(aFilter, { maxLength: 3 }),
});

export const someTerms: fc.Arbitrary<Terms> = fc
  .record({
    rule: aRule,
    mode: fc.constantFrom(...modes),
    broadcast: fc.boolean(),
    at: fc.constantFrom("07:30", "09:00"),
    days: fc.constantFrom(...digestDays),
  })
  .map(({ rule, mode, broadcast, at, days }) => ({
    rule,
    mode,
    broadcast: mode === "thread" && broadcast,
    digest: mode === "digest" ? { at, days, timezone: "Europe/Berlin" } : null,
  }));

/** Each value as a filter of its own, in another order, the first said twice. */
export function shuffled(rule: Rule): fc.Arbitrary<Rule> {
  return fc.record({ include: shuffledSide(rule.include), exclude: shuffledSide(rule.exclude) });
}

function shuffledSide(filters: Filter[]): fc.Arbitrary<Filter[]> {
  const all = filters.flatMap(singles);
  const some = [...all, ...all.slice(0, 1)];
  return fc.shuffledSubarray(some, { minLength: some.length });
}

function singles(filter: Filter): Filter[] {
  const { key } = filter;
  if (key === "event") return filter.values.map((value) => ({ key, values: [value] }));
  if (key === "owner") return filter.values.map((value) => ({ key, values: [value] }));
  if (key === "amount") return filter.values.map((value) => ({ key, values: [value] }));
  return filter.values.map((value) => ({ key, values: [value] }));
}

/** Terms as a person would type them. */
export function spelt({ rule, mode, broadcast, digest }: Terms): string {
  return [
    ...rule.include.map((filter) => `+${filter.key}:${valuesOf(filter).join(",")}`),
    ...rule.exclude.map((filter) => `-${filter.key}:${valuesOf(filter).join(",")}`),
    `mode:${mode}`,
    ...(broadcast ? ["broadcast:on"] : []),
    ...(digest === null ? [] : [`at:${digest.at}`, `days:${digest.days}`]),
  ].join(" ");
}

function valuesOf({ key, values }: Filter): string[] {
  if (key === "event") return values;
  if (key === "amount") return values.map(amountOf);
  if (key !== "owner") return values.map((value) => `“${value}”`);
  return values.map((one) => ("email" in one ? one.email : `<@${one.userId}|name>`));
}

function amountOf({ least, most, currency }: AmountRange): string {
  const code = currency ?? "";
  if (least !== null && most !== null) return `${least.value}..${most.value}${code}`;
  if (least !== null) return `&gt;${least.included ? "=" : ""}${least.value}${code}`;
  return `&lt;${most?.included === true ? "=" : ""}${most?.value ?? ""}${code}`;
}
