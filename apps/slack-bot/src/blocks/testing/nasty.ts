import { contractStatuses, eventTypes, openStatuses, providers, vias } from "@countersign/core";
import fc from "fast-check";
import type { Card } from "../../contracts/card.ts";
import type { DealFacts } from "../../contracts/facts.ts";
import type { Happening } from "../../contracts/moments.ts";
import type { Party } from "../../contracts/parties.ts";
import { at } from "../../testing/contracts.ts";

/** Text as it may come from outside: too long, right to left, markup, mentions, links, emoji, control characters. */
export const nastyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 5_000 }),
  fc.constantFrom(
    "<!channel> <!here> <@U000000001> <#C000000001> <https://evil.example|here>",
    "@here @channel @everyone #general",
    "*_~`> &amp; :tada:",
    ":tada",
    "tada:",
    "> quoted\n```code```",
    "&".repeat(5_000),
    '"'.repeat(5_000),
    "T".repeat(5_000),
    "שלום \u202E".repeat(500),
    "عقد إيجار: <@U1>",
    "👩‍👩‍👧‍👦".repeat(700),
    "https://evil.example/?a=1&b=2",
    "\n\n\u0000\u200B",
    "",
  ),
);

export const nastyTime = fc.constantFrom(at("09:00"), at("10:30"), at("23:59"));

const nastyUrl = fc.constantFrom(
  `https://example.com/${"a".repeat(2_500)}`,
  `https://example.com/${"a".repeat(4_000)}`,
  "https://example.com/?a=1&b=2|c>d",
  "https://example.com/",
);

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value);

const party: fc.Arbitrary<Party> = fc.record({
  name: maybe(nastyText),
  role: maybe(nastyText),
  status: fc.constantFrom(
    "pending",
    "sent",
    "viewed",
    "signed",
    "declined",
    "reassigned",
    "bounced",
    "auth_failed",
  ),
  at: maybe(nastyTime),
  reason: maybe(nastyText),
  signs: fc.boolean(),
  isNext: fc.boolean(),
  turnSince: maybe(nastyTime),
});

const parties = fc.array(party, { maxLength: 200, size: "max" });

export const nastyDeal: fc.Arbitrary<DealFacts> = fc.record({
  crm: fc.oneof(fc.constantFrom("hubspot", "salesforce"), nastyText),
  recordId: nastyText,
  name: maybe(nastyText),
  amount: maybe(fc.double({ noNaN: true })),
  currency: maybe(nastyText),
  stage: maybe(nastyText),
  pipeline: maybe(nastyText),
  account: maybe(nastyText),
  ownerEmail: maybe(nastyText),
  url: maybe(nastyUrl),
});

const anyCard: fc.Arbitrary<Card> = fc.record({
  contractId: nastyText,
  title: maybe(nastyText),
  // Ours, and never blank.
  provider: fc.constantFrom(...providers.map(({ title }) => title)),
  status: fc.constantFrom(...contractStatuses),
  isOpen: fc.constant(true),
  unconfirmed: maybe(fc.constantFrom(...contractStatuses)),
  since: maybe(nastyTime),
  reason: maybe(nastyText),
  owner: maybe(nastyText),
  sender: maybe(nastyText),
  parties,
  attention: fc.array(party, { maxLength: 20 }),
  signed: fc.nat(200),
  signers: fc.nat(200),
  amount: maybe(fc.record({ value: fc.double({ noNaN: true }), currency: maybe(nastyText) })),
  expires: maybe(fc.record({ at: nastyTime, isSoon: fc.boolean() })),
  deals: fc.array(nastyDeal, { maxLength: 12 }),
  url: maybe(nastyUrl),
  canRemind: fc.boolean(),
  linkable: fc.subarray(["hubspot", "salesforce"]),
});

/** An ended contract needs nobody's attention and offers nothing, as `cardOf` has it. */
export const nastyCard = anyCard.map((card): Card => {
  if (openStatuses.has(card.status)) return card;
  return { ...card, isOpen: false, attention: [], expires: null, canRemind: false, linkable: [] };
});

export const nastyHappening: fc.Arbitrary<Happening> = fc.record({
  type: fc.constantFrom(...eventTypes),
  who: maybe(nastyText),
  reason: maybe(nastyText),
  at: nastyTime,
});

export const nastyVia = fc.constantFrom(...vias);
