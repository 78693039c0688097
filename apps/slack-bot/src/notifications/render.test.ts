import { aFact } from "@countersign/store/testing";
import { contractStatuses, type ReportedFact } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message } from "../blocks/message.ts";
import { findFaults } from "../blocks/validate.ts";
import { cardOf, type Card } from "../contracts/card.ts";
import { at, contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import type { Line } from "./announce.ts";
import { renderCard, renderLine } from "./render.ts";

const { sent, annSigns } = signing;

function cardFrom(...facts: ReportedFact[]): Card {
  return cardOf(contractOf(eventsOf(...facts)), "DocuSign", [{ crm: "hubspot", recordId: "1001" }]);
}

function textsOf({ text, blocks }: Message): string {
  return [text, ...JSON.stringify(blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map((found) => (typeof found === "string" ? found : found[1]))
    .join("\n");
}

it("shows what a reader wants to know", () => {
  const details = described({
    sender: { name: "Dana Reyes" },
    amount: { value: 12_500, currency: "EUR" },
    expiresAt: at("23:00"),
    url: "https://app.docusign.com/documents/1",
  });
  const message = renderCard(cardFrom(details, sent, annSigns));
  expect(message.text).toBe("The contract “Mill lease” is partly signed; 1 of 2 signed.");
  const shown = textsOf(message);
  for (const words of [
    "Mill lease",
    "*Partly signed*",
    "Ann Lee: signed <!date^",
    "Bob Roy: to sign next",
    "Cleo Fox: gets a copy",
    "*From* Dana Reyes",
    "*Amount* €12,500.00",
    "*Expires* <!date^",
    "*HubSpot deal* 1001",
    "DocuSign · docusign/c1",
    "Open contract",
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

it("says why it was declined", () => {
  const declined = aFact("contract.declined", { reason: "Too dear" });
  const message = renderCard(cardFrom(described(), declined));
  expect(message.text).toBe("The contract “Mill lease” was declined: Too dear.");
  expect(textsOf(message)).toContain("Reason: Too dear");
});

it("says on the card what is claimed and not confirmed", () => {
  const card = {
    ...cardFrom(described(), aFact("contract.sent")),
    unconfirmed: "completed",
  } as const;
  expect(textsOf(renderCard(card))).toContain("waiting for the provider to confirm it");
});

const nasty = fc.oneof(
  fc.string({ unit: "binary", maxLength: 5_000 }),
  fc.constantFrom(
    "<!channel> <@U000000001> <https://evil.example|here>",
    "*_~`> &amp; :tada:",
    "&".repeat(5_000),
    "שלום \u202E".repeat(500),
    "👩‍👩‍👧‍👦".repeat(700),
    "\n\n\u0000\u200B",
  ),
);

const nastyCard: fc.Arbitrary<Card> = fc.record({
  contractId: nasty,
  title: fc.option(nasty),
  provider: nasty,
  status: fc.constantFrom(...contractStatuses),
  unconfirmed: fc.option(fc.constantFrom(...contractStatuses)),
  since: fc.option(fc.constant(at("09:00"))),
  reason: fc.option(nasty),
  sender: fc.option(nasty),
  parties: fc.array(
    fc.record({
      name: fc.option(nasty),
      role: fc.option(nasty),
      status: fc.constantFrom("pending", "sent", "viewed", "signed", "declined", "bounced"),
      at: fc.option(fc.constant(at("09:00"))),
      reason: fc.option(nasty),
      signs: fc.boolean(),
      isNext: fc.boolean(),
    }),
    { maxLength: 200, size: "max" },
  ),
  signed: fc.nat(200),
  signers: fc.nat(200),
  amount: fc.option(fc.record({ value: fc.double({ noNaN: true }), currency: fc.option(nasty) })),
  expiresAt: fc.option(fc.constant(at("23:00"))),
  deals: fc.array(fc.record({ crm: fc.constantFrom("hubspot", "pipedrive"), recordId: nasty }), {
    maxLength: 12,
  }),
  url: fc.option(fc.constant(`https://example.com/${"a".repeat(2_500)}`)),
});

const nastyLine: fc.Arbitrary<Line> = fc.record({
  key: fc.constant("evt_1"),
  covers: fc.constant(["evt_1"]),
  kind: fc.constantFrom("happening", "summary"),
  happenings: fc.array(
    fc.record({
      type: fc.constantFrom("recipient.signed", "recipient.declined", "contract.voided"),
      who: fc.option(nasty),
      reason: fc.option(nasty),
      at: fc.constant(at("09:00")),
    }),
    { minLength: 1, maxLength: 200 },
  ),
});

describe("whatever a contract's text holds", () => {
  const messages = fc.oneof(
    nastyCard.map(renderCard),
    fc.tuple(nastyLine, nastyCard).map(([line, card]) => renderLine(line, card)),
  );

  it("stays within what Slack takes", () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(findFaults(message)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("mentions, links and formats nothing", () => {
    fc.assert(
      fc.property(messages, (message) => {
        const own = /<!date\^\d+\^\{date_short_pretty\} \{time\}\|[\dTZ:.-]+>/g;
        const markup = mrkdwnOf(message).map((text) => text.replaceAll(own, ""));
        for (const text of markup) {
          expect(text).not.toMatch(/[<>]/);
          expect(text.replaceAll(/(^|\n)(\S{1,3} )?\*[\w ]+\*/g, "")).not.toMatch(
            /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/u,
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});

function mrkdwnOf({ text, blocks }: Message): string[] {
  const found: string[] = [text];
  JSON.stringify(blocks, (_key, value: unknown) => {
    if (isMrkdwn(value)) found.push(value.text);
    return value;
  });
  return found;
}

function isMrkdwn(value: unknown): value is { text: string } {
  return typeof value === "object" && value !== null && "type" in value && value.type === "mrkdwn";
}
