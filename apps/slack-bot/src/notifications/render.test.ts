import { contractStatuses, type ReportedFact } from "@countersign/core";
import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { aDeal, cardFrom, everything, factsFrom, noon } from "../blocks/testing/cards.ts";
import { buttonsOf, read } from "../blocks/testing/readable.ts";
import { findFaults } from "../blocks/validate.ts";
import { cardOf } from "../contracts/card.ts";
import { at, described, signing } from "../testing/contracts.ts";
import type { Line } from "./announce.ts";
import { renderCard, renderLine, renderListed } from "./render.ts";

const { sent, annSigns, bobSigns, completed } = signing;
const url = "https://app.docusign.com/documents/1";

it("shows what a reader wants to know", () => {
  const details = described({
    sender: { name: "Dana Reyes", email: "dana@example.com" },
    amount: { value: 12_500, currency: "EUR" },
    expiresAt: "2026-06-04T09:00:00.000Z",
    url,
  });
  const facts = factsFrom([details, sent, annSigns], {
    owner: { userId: null, email: "kim@example.com" },
    deals: [aDeal()],
  });
  const message = renderCard(cardOf(facts, everything, noon));
  expect(message.text).toBe("The contract “Mill lease” is partly signed; 1 of 2 signed.");
  const shown = read(message);
  for (const words of [
    "Mill lease",
    "✍️ *Partly signed* · <!date^",
    "1 of 2 signed",
    "✅ Ann Lee: signed <!date^1777885800^",
    "⏳ Bob Roy: to sign next, their turn since <!date^1777885800^",
    "Cleo Fox: gets a copy",
    "*Owner* kim@example.com",
    "*From* Dana Reyes",
    "*Amount* €12,500.00",
    "*Expires* <!date^",
    "*HubSpot deal* Mill lease 2026 · Negotiation",
    "DocuSign · docusign/c1",
  ]) {
    expect(shown).toContain(words);
  }
  expect(findFaults(message)).toEqual([]);
});

it("shows every status by a mark and a sentence of its own", () => {
  const cards = contractStatuses.map((status) => renderCard({ ...cardFrom(described()), status }));
  const marks = cards.map(({ blocks }) => JSON.stringify(blocks[1]));
  expect(new Set(marks).size).toBe(contractStatuses.length);
  expect(new Set(cards.map(({ text }) => text)).size).toBe(contractStatuses.length);
});

describe("an ending", () => {
  const bobDeclines = aFact("recipient.declined", { recipient: "2", occurredAt: at("09:30") });
  const cases: [string, ReportedFact[], string, string[]][] = [
    [
      "completed",
      [sent, annSigns, bobSigns, completed],
      "The contract “Mill lease” is completed.",
      ["✅ Completed: Mill lease", "✅ *Completed*: everybody has signed · <!date^"],
    ],
    [
      "declined",
      [
        sent,
        bobDeclines,
        aFact("contract.declined", { occurredAt: at("09:31"), reason: "Too dear" }),
      ],
      "The contract “Mill lease” was declined: Too dear.",
      ["❌ Declined: Mill lease", "❌ *Declined*: Bob Roy will not sign it", "Reason: Too dear"],
    ],
    [
      "voided",
      [sent, aFact("contract.voided", { occurredAt: at("09:31"), reason: "Wrong price" })],
      "The contract “Mill lease” was voided: Wrong price.",
      ["🚫 Voided: Mill lease", "🚫 *Voided*: it was withdrawn", "Reason: Wrong price"],
    ],
    [
      "voided without a word",
      [sent, aFact("contract.voided", { occurredAt: at("09:31") })],
      "The contract “Mill lease” was voided.",
      ["Reason: none was given"],
    ],
    [
      "expired",
      [sent, annSigns, aFact("contract.expired", { occurredAt: at("11:00") })],
      "The contract “Mill lease” has expired; 1 of 2 signed.",
      [
        "⌛ Expired: Mill lease",
        "⌛ *Expired*: its time ran out",
        "Reason: Bob Roy had not signed",
      ],
    ],
  ];
  it.each(cases)("is unmistakable: %s", (_, facts, text, shown) => {
    const message = renderCard(cardFrom(described({ url }), ...facts));
    expect(message.text).toBe(text);
    for (const words of shown) expect(read(message)).toContain(words);
    expect([...buttonsOf(message).keys()]).toEqual(["Open contract"]);
  });
});

it.each([
  ["recipient.bounced", "⚠️ Needs attention: the mail to Ann Lee bounced: no such mailbox"],
  [
    "recipient.auth_failed",
    "⚠️ Needs attention: Ann Lee failed to prove who they are: no such mailbox",
  ],
] as const)("makes %s stand out on an open contract", (type, words) => {
  const trouble = aFact(type, {
    recipient: "1",
    occurredAt: at("09:30"),
    reason: "no such mailbox",
  });
  const message = renderCard(cardFrom(described(), sent, trouble));
  expect(read(message)).toContain(words);
  expect(message.text).toContain("Needs attention");
});

it("makes a near deadline stand out", () => {
  const message = renderCard(cardFrom(described({ expiresAt: at("23:00") }), sent));
  expect(read(message)).toContain("⏰ *Expires soon* <!date^");
});

it("names first, of two hundred signers, whoever can make it go on", () => {
  const recipients = Array.from({ length: 200 }, (_, index) => ({
    key: String(index),
    name: `Signer ${index}`,
    order: index,
  }));
  const signatures = recipients.slice(0, 150).map(({ key }) => {
    return aFact("recipient.signed", { recipient: key, occurredAt: at("09:10") });
  });
  const message = renderCard(cardFrom(described({ recipients }), sent, ...signatures));
  expect(read(message)).toContain("⏳ Signer 150: to sign next");
  expect(read(message)).toContain("and 185 more");
});

it("waits for nobody once it is over", () => {
  const annDeclines = aFact("recipient.declined", { recipient: "1", occurredAt: at("09:30") });
  const ended = aFact("contract.declined", { occurredAt: at("09:30") });
  const shown = read(renderCard(cardFrom(described(), sent, annDeclines, ended)));
  expect(shown).toContain("▫️ Bob Roy: did not sign");
  expect(shown).not.toContain("waiting");
});

it("says on the card what is claimed and not confirmed", () => {
  const card = { ...cardFrom(described(), sent), unconfirmed: "completed" } as const;
  expect(read(renderCard(card))).toContain("waiting for the provider to confirm it");
});

function line(...types: ("recipient.signed" | "contract.completed")[]): Line {
  return {
    key: "evt_1",
    covers: ["evt_1"],
    kind: types.length > 1 ? "summary" : "happening",
    happenings: types.map((type) => ({ type, who: "Ann Lee", reason: null, at: at("09:10") })),
  };
}

describe("a line", () => {
  const card = cardFrom(
    described({ url, amount: { value: 500, currency: "EUR" } }),
    sent,
    annSigns,
  );

  it("says what happened below the card", () => {
    const message = renderLine(line("recipient.signed"), card);
    expect(message.text).toBe("“Mill lease”: Ann Lee signed.");
    expect(read(message)).toContain("✍️ Ann Lee signed · <!date^");
  });

  it("reads alone where there is no card", () => {
    const message = renderListed(line("recipient.signed"), card);
    expect(message.text).toBe("“Mill lease”: Ann Lee signed.");
    const shown = read(message);
    expect(shown).toContain(`📄 <${url}|Mill lease>\n✍️ Ann Lee signed`);
    expect(shown).toContain("Partly signed, waits for Bob Roy · €500.00 · DocuSign");
  });

  it("sums up what was not told in time", () => {
    const message = renderListed(line("recipient.signed", "contract.completed"), card);
    const head = "2 things happened before they could be told here";
    expect(message.text).toContain(`${head}. The contract “Mill lease” is partly signed`);
    expect(read(message)).toContain(`*${head}*\n✍️ Ann Lee signed`);
  });
});
