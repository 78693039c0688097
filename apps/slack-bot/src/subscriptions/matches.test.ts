import { eventTypes } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventTypesOf, eventWords } from "./event-words.ts";
import { matchesContract, matchesEvent } from "./matches.ts";
import { normalRule } from "./normal-rule.ts";
import { aRule, anOwner, shuffled, words } from "./testing/arbitrary.ts";
import { pastOf, termsOf, type Given } from "./testing/facts.ts";

const dana = { userId: "U1", email: "dana@example.com" };

/** What is typed, the contract, and whether it is wanted. */
const cases: [string, Given, boolean][] = [
  ["", {}, true],

  ["template:NDA", { about: { title: "Mutual nda (2026)" } }, true],
  ["template:NDA", { about: { title: "Agenda" } }, false],
  ['template:"mill lease"', { about: { title: "The Mill-Lease" } }, true],
  ['template:"lease mill"', { about: { title: "The Mill-Lease" } }, false],
  ["template:契約", { about: { title: "秘密保持契約書" } }, true],
  ["template:NDA", { about: { title: "NDA", fields: { Template_Name: "Lease" } } }, false],
  ["template:lease", { about: { title: "NDA", fields: { Template_Name: "Lease" } } }, true],
  ["template:NDA", { about: { title: "NDA", fields: { template: " " } } }, true],
  ["-template:NDA", { about: { title: "NDA" } }, false],

  ["provider:docusign", {}, true],
  ["provider:DocuSign,pandadoc", {}, true],
  ["provider:pandadoc", {}, false],

  ["owner:me", { owner: dana }, true],
  ["owner:<@U2>,me", { owner: dana }, true],
  ["owner:<@U2>", { owner: dana }, false],
  ["owner:Dana@Example.com", { owner: dana }, true],
  ["owner:me", { owner: { userId: null, email: "dana@example.com" } }, false],
  ["-owner:me", {}, true],
  ["-owner:me", { owner: dana }, false],

  ["amount:>25k", { about: { amount: { value: 25_001, currency: "EUR" } } }, true],
  ["amount:>25k", { about: { amount: { value: 25_000, currency: "EUR" } } }, false],
  ["amount:<1k,>25k", { about: { amount: { value: 999, currency: null } } }, true],
  ["amount:>1usd", { about: { amount: { value: 25_000, currency: "EUR" } } }, false],
  ["amount:>1usd", { about: { amount: { value: 25_000, currency: null } } }, false],
  ["amount:>1k", {}, false],
  ["-amount:>1k", {}, true],
  ["amount:>1k", { deals: [{ amount: 500 }, { amount: 2_000 }] }, true],
  ["amount:<1k", { deals: [{ amount: 500 }, { amount: 2_000 }] }, false],
  [
    "amount:<1keur",
    {
      deals: [
        { amount: 500, currency: "EUR" },
        { amount: 2_000, currency: "USD" },
      ],
    },
    true,
  ],
  [
    "amount:>1k",
    { about: { amount: { value: 5, currency: null } }, deals: [{ amount: 2_000 }] },
    false,
  ],

  ["account:acme", { deals: [{ account: "Acme Ltd." }] }, true],
  ["account:acme", { deals: [{ account: "Acmeville" }] }, false],
  ["stage:closed", { deals: [{ stage: "Closed won" }] }, false],
  ['stage:"closed  WON"', { deals: [{ stage: "Closed won" }] }, true],
  ["pipeline:new", { deals: [{}, { pipeline: "New" }] }, true],
  ["pipeline:new", {}, false],
  ["-pipeline:new", {}, true],

  ["tag:renewal", { about: { fields: { Tags: "EMEA, Renewal" } } }, true],
  ["tag:renew", { about: { fields: { Tags: "EMEA, Renewal" } } }, false],
  ["-tag:emea", { about: { fields: { tag: "EMEA" } } }, false],

  ["provider:docusign template:NDA", { about: { title: "Lease" } }, false],
  ["template:NDA template:Lease", { about: { title: "Lease" } }, true],
  ["-template:NDA -owner:me", { about: { title: "Lease" }, owner: dana }, false],
  ["-provider:docusign provider:docusign", {}, false],
  ["event:completed", {}, true],
  ["-event:completed", {}, true],
];

it.each(cases)("%j of %j: %j", (typed, given, isWanted) => {
  expect(matchesContract(termsOf(typed).rule, pastOf(given).facts)).toBe(isWanted);
});

describe("events", () => {
  const all = new Set(eventTypes);
  it.each<[string, ReadonlySet<string>]>([
    ["", all],
    ["template:NDA", all],
    ["event:viewed", new Set(["contract.viewed", "recipient.viewed"])],
    [
      "event:declined,voided",
      new Set(["contract.declined", "recipient.declined", "contract.voided"]),
    ],
    ["-event:sent", new Set(eventTypes.filter((type) => !type.endsWith(".sent")))],
    ["event:sent,auth-failed -event:sent", new Set(["recipient.auth_failed"])],
  ])("of %j", (typed, wanted) => {
    const { rule } = termsOf(typed);
    expect(new Set(eventTypes.filter((type) => matchesEvent(rule, type)))).toEqual(wanted);
  });

  it("have one word each, except those that change nothing that people hear of", () => {
    const named = eventWords.flatMap(eventTypesOf);
    expect(named).toHaveLength(new Set(named).size);
    const unnamed = eventTypes.filter((type) => !named.includes(type));
    expect(unnamed).toEqual(["contract.created", "contract.noted"]);
  });
});

it("wants the same by a rule's normal form, and by the rule in any order", () => {
  const given: fc.Arbitrary<Given> = fc.record({
    about: fc.record({
      title: fc.constantFrom(...words),
      fields: fc.constantFrom({}, { tags: "NDA,lease" }, { template: "Mill lease" }),
      amount: fc.record({ value: fc.nat(1_000), currency: fc.constantFrom("EUR", null) }),
    }),
    owner: anOwner.map((owner) => ({ userId: null, email: null, ...owner })),
    deals: fc.array(
      fc.record({ account: fc.constantFrom(...words), stage: fc.constantFrom(...words) }),
      { maxLength: 2 },
    ),
  });
  const rules = aRule.chain((rule) => shuffled(rule).map((other) => [rule, other] as const));
  fc.assert(
    fc.property(rules, given, fc.constantFrom(...eventTypes), ([rule, other], known, type) => {
      const { facts } = pastOf(known);
      for (const same of [other, normalRule(rule)]) {
        expect(matchesContract(same, facts)).toBe(matchesContract(rule, facts));
        expect(matchesEvent(same, type)).toBe(matchesEvent(rule, type));
      }
    }),
    { numRuns: 500 },
  );
});

it("wants no more by one more filter that excludes, and no less by one more value", () => {
  fc.assert(
    fc.property(aRule, aRule, fc.constantFrom(...cases), (rule, more, [, given]) => {
      const { facts } = pastOf(given);
      const wanted = matchesContract(rule, facts);
      const narrower = { include: rule.include, exclude: [...rule.exclude, ...more.exclude] };
      expect(matchesContract(narrower, facts) && !wanted).toBe(false);
      const asked = new Set(rule.include.map(({ key }) => key));
      const alike = more.include.filter(({ key }) => asked.has(key));
      const wider = { include: [...rule.include, ...alike], exclude: rule.exclude };
      expect(wanted && !matchesContract(wider, facts)).toBe(false);
    }),
    { numRuns: 500 },
  );
});
