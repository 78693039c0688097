import type { ReportedFact } from "@countersign/core";
import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { aDeal, cardFrom as card, everything, factsFrom, noon } from "../blocks/testing/cards.ts";
import { contractCard } from "../blocks/contract-card.ts";
import { contractUnfurl } from "../blocks/unfurl.ts";
import { at, described, signing } from "../testing/contracts.ts";
import { cardOf } from "./card.ts";

const { sent, annSigns, bobSigns, completed } = signing;

describe("whose turn it is", () => {
  const parallel = described({
    recipients: [
      { key: "1", name: "Ann Lee" },
      { key: "2", name: "Bob Roy" },
    ],
  });
  const toBob = aFact("recipient.sent", { recipient: "2", occurredAt: at("09:12") });
  const cases: [string, ReportedFact[], [string, string | null][]][] = [
    ["nobody's in a draft", [described()], []],
    ["the first in the order", [described(), sent], [["Ann Lee", at("09:00")]]],
    ["the next, since the first signed", [described(), sent, annSigns], [["Bob Roy", at("09:10")]]],
    ["the next, mailed later", [described(), sent, annSigns, toBob], [["Bob Roy", at("09:10")]]],
    [
      "everybody's without an order, since it was sent to them",
      [parallel, sent, toBob],
      [
        ["Ann Lee", at("09:00")],
        ["Bob Roy", at("09:12")],
      ],
    ],
    ["the first's of a contract that nobody saw sent", [described(), toBob], [["Ann Lee", null]]],
    ["nobody's at the end", [described(), sent, annSigns, bobSigns, completed], []],
  ];
  it.each(cases)("is %s", (_, facts, turns) => {
    const next = card(...facts).parties.filter(({ isNext }) => isNext);
    expect(next.map(({ name, turnSince }) => [name, turnSince])).toEqual(turns);
  });
});

it("counts those who sign, not those who get a copy", () => {
  const { parties, signed, signers } = card(described(), sent, annSigns);
  expect({ signed, signers, parties: parties.length }).toEqual({
    signed: 1,
    signers: 2,
    parties: 3,
  });
});

/** All that a card says, and what stands below a link. */
function shownOf(...facts: ReportedFact[]): string {
  const shown = card(...facts);
  return JSON.stringify([contractCard(shown), contractUnfurl(shown)]);
}

describe("of who does not sign", () => {
  it("whoever handed it on is not counted", () => {
    const handedOn = aFact("recipient.reassigned", { recipient: "3", occurredAt: at("09:02") });
    const recipients = [
      { key: "1", name: "Ann Buyer", role: "signer", order: 1 },
      { key: "2", name: "Dee Deputy", role: "signer", order: 2 },
      { key: "3", name: "Bo Seller", role: "signer", order: 2 },
    ];
    const facts = [described({ recipients }), sent, handedOn, annSigns];
    expect(shownOf(...facts)).toContain("1 of 2 signed");
    const shown = shownOf(...facts, bobSigns, completed);
    expect(shown).toContain("2 of 2 signed");
    expect(shown).toContain("Bo Seller: handed it to somebody else");
    const expired = aFact("contract.expired", { occurredAt: at("10:00") });
    expect(shownOf(...facts, expired)).toContain("Reason: Dee Deputy had not signed");
  });

  it("a certified recipient is neither counted nor missed", () => {
    const recipients = [
      { key: "1", name: "Ann Buyer", role: "signer", order: 1 },
      { key: "2", name: "Legal Desk", role: "certified recipient", order: 2 },
    ];
    const facts = [described({ recipients }), sent, annSigns];
    const shown = shownOf(...facts, completed);
    expect(shown).toContain("1 of 1 signed");
    expect(shown).not.toContain("did not sign");
    const expired = aFact("contract.expired", { occurredAt: at("10:00") });
    expect(shownOf(...facts, expired)).toContain("Reason: its time ran out");
  });

  it("an assistant holds up nobody's turn", () => {
    const recipients = [
      { key: "1", name: "Alma", role: "assistant", order: 1 },
      { key: "2", name: "Bob Roy", role: "signer", order: 2 },
    ];
    const next = card(described({ recipients }), sent).parties.filter(({ isNext }) => isNext);
    expect(next.map(({ name }) => name)).toEqual(["Bob Roy"]);
  });
});

it("counts nobody where one of several was enough", () => {
  const shown = shownOf(described(), sent, annSigns, completed);
  expect(shown).not.toContain("1 of 2 signed");
  expect(shown).not.toContain("everybody has signed");
  expect(shown).toContain("*Completed*");
});

function day(date: number): Date {
  return new Date(Date.UTC(2026, 4, date, 9));
}

describe("an expiry", () => {
  const expiring = described({ expiresAt: day(20).toISOString() });
  it.each([
    ["far away", 10, false],
    ["just beyond three days", 16, false],
    ["three days away", 17, true],
    ["past", 21, true],
  ])("that is %s", (_, today, isSoon) => {
    const { expires } = cardOf(factsFrom([expiring, sent]), everything, day(today));
    expect(expires).toEqual({ at: day(20).toISOString(), isSoon });
  });

  it("does not show once it can no longer come", () => {
    expect(card(expiring, sent, completed).expires).toBeNull();
  });
});

it.each([
  ["https://app.docusign.com/documents/1", "https://app.docusign.com/documents/1"],
  ["http://app.docusign.com/documents/1", null],
  ["javascript:alert(1)", null],
  ["not an address", null],
])("offers %s as %s", (url, offered) => {
  expect(card(described({ url })).url).toBe(offered);
  const deals = [aDeal({ url })];
  const linked = cardOf(factsFrom([described()], { deals }), everything, noon);
  expect(linked.deals[0]?.url).toBe(offered);
});

it("says when it ended and why", () => {
  const voided = aFact("contract.voided", { occurredAt: at("10:00"), reason: "Wrong price" });
  expect(card(described(), voided)).toMatchObject({
    status: "voided",
    isOpen: false,
    since: at("10:00"),
    reason: "Wrong price",
  });
});

describe("the amount", () => {
  const own = described({ amount: { value: 500, currency: "USD" } });
  const deals = [aDeal({ amount: 100 }), aDeal({ crm: "salesforce", amount: 900 })];
  it.each([
    ["the contract's own", own, { value: 500, currency: "USD" }],
    ["else the largest deal's", described(), { value: 900, currency: "EUR" }],
  ])("is %s", (_, description, amount) => {
    expect(cardOf(factsFrom([description], { deals }), everything, noon).amount).toEqual(amount);
  });

  it("is nowhere where it may not be shown", () => {
    const hidden = { ...everything, showAmounts: false };
    const shown = cardOf(factsFrom([own], { deals }), hidden, noon);
    expect(shown.amount).toBeNull();
    expect(shown.deals.map(({ amount, currency }) => [amount, currency])).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});

describe("the owner", () => {
  const sender = { name: "Dana Reyes", email: "Dana@Example.com" };
  it.each([
    ["the sender, by name", "dana@example.com", { owner: "Dana Reyes", sender: null }],
    ["somebody else", "kim@example.com", { owner: "kim@example.com", sender: "Dana Reyes" }],
    ["not known", null, { owner: null, sender: "Dana Reyes" }],
  ])("is %s", (_, email, people) => {
    const facts = factsFrom([described({ sender })], { owner: { userId: null, email } });
    expect(cardOf(facts, everything, noon)).toMatchObject(people);
  });
});

describe("what can be done", () => {
  const cases: [string, ReportedFact[], { canRemind: boolean; linkable: string[] }][] = [
    ["a draft can be linked", [described()], { canRemind: false, linkable: ["hubspot"] }],
    [
      "whoever is to sign can be reminded",
      [described(), sent],
      { canRemind: true, linkable: ["hubspot"] },
    ],
    [
      "nothing when it is over",
      [described(), sent, annSigns, bobSigns, completed],
      { canRemind: false, linkable: [] },
    ],
  ];
  it.each(cases)("%s", (_, facts, offered) => {
    expect(card(...facts)).toMatchObject(offered);
  });

  it("offers no link where there is one, and no reminder where the provider sends none", () => {
    const facts = factsFrom([described(), sent], { deals: [aDeal()] });
    expect(cardOf(facts, { ...everything, canRemind: false }, noon)).toMatchObject({
      canRemind: false,
      linkable: [],
    });
  });
});

it.each([["recipient.bounced"], ["recipient.auth_failed"]] as const)(
  "calls for attention after %s, until it is over",
  (type) => {
    const trouble = aFact(type, { recipient: "1", occurredAt: at("09:30") });
    expect(card(described(), sent, trouble).attention.map(({ name }) => name)).toEqual(["Ann Lee"]);
    const voided = aFact("contract.voided", { occurredAt: at("10:00") });
    expect(card(described(), sent, trouble, voided).attention).toEqual([]);
  },
);
