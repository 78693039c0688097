import { aFact } from "@countersign/store/testing";
import type { ReportedFact } from "@countersign/core";
import { describe, expect, it } from "vitest";
import { at, contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import { cardOf } from "./card.ts";

function card(...facts: ReportedFact[]) {
  return cardOf(contractOf(eventsOf(...facts)), "DocuSign", []);
}

describe("whose turn it is", () => {
  const { sent, annSigns, bobSigns, completed } = signing;
  const parallel = described({
    recipients: [
      { key: "1", name: "Ann Lee" },
      { key: "2", name: "Bob Roy" },
    ],
  });
  const cases: [string, ReportedFact[], string[]][] = [
    ["nobody's in a draft", [described()], []],
    ["the first in the order", [described(), sent], ["Ann Lee"]],
    ["the next, once the first has signed", [described(), sent, annSigns], ["Bob Roy"]],
    ["everybody's without an order", [parallel, sent], ["Ann Lee", "Bob Roy"]],
    ["nobody's at the end", [described(), sent, annSigns, bobSigns, completed], []],
  ];
  it.each(cases)("is %s", (_, facts, names) => {
    const next = card(...facts).parties.filter(({ isNext }) => isNext);
    expect(next.map(({ name }) => name)).toEqual(names);
  });
});

it("counts those who sign, not those who get a copy", () => {
  const { parties, signed, signers } = card(described(), signing.sent, signing.annSigns);
  expect({ signed, signers, parties: parties.length }).toEqual({
    signed: 1,
    signers: 2,
    parties: 3,
  });
});

it("shows an expiry only while it can still come", () => {
  const expiring = described({ expiresAt: at("23:00") });
  expect(card(expiring, signing.sent).expiresAt).toBe(at("23:00"));
  expect(card(expiring, signing.sent, signing.completed).expiresAt).toBeNull();
});

it.each([
  ["https://app.docusign.com/documents/1", "https://app.docusign.com/documents/1"],
  ["http://app.docusign.com/documents/1", null],
  ["javascript:alert(1)", null],
  ["not an address", null],
])("offers %s as %s", (url, offered) => {
  expect(card(described({ url })).url).toBe(offered);
});

it("says when it ended and why", () => {
  const voided = aFact("contract.voided", { occurredAt: at("10:00"), reason: "Wrong price" });
  expect(card(described(), voided)).toMatchObject({
    status: "voided",
    since: at("10:00"),
    reason: "Wrong price",
  });
});
