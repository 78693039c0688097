import { aFact } from "@countersign/store/testing";
import type { ReportedFact } from "@countersign/core";
import { expect, it } from "vitest";
import { at, contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import { happeningOf, momentsOf } from "./moments.ts";

function told(...facts: ReportedFact[]): string[] {
  const events = eventsOf(described(), ...facts);
  const contract = contractOf(events);
  return momentsOf(contract, events).map((moment) => {
    const { type, who, reason } = happeningOf(contract, moment);
    return [type, who, reason].filter(Boolean).join(" ");
  });
}

const viewed = aFact("contract.viewed", { occurredAt: at("09:05") });
const declined = aFact("contract.declined", { occurredAt: at("09:31"), reason: "Too dear" });
const bobDeclines = aFact("recipient.declined", { recipient: "2", occurredAt: at("09:30") });

const cases: { what: string; facts: ReportedFact[]; says: string[] }[] = [
  {
    what: "whatever order they came in, by the provider's time",
    facts: [signing.completed, signing.annSigns, signing.sent],
    says: ["contract.sent", "recipient.signed Ann Lee", "contract.completed"],
  },
  {
    what: "nothing of creation, single mails and notes",
    facts: [aFact("contract.created"), aFact("recipient.sent", { recipient: "1" })],
    says: [],
  },
  { what: "a view by nobody in particular", facts: [viewed], says: ["contract.viewed"] },
  {
    what: "one view where the viewer is known",
    facts: [viewed, signing.annViews],
    says: ["recipient.viewed Ann Lee"],
  },
  {
    what: "only the first view of one person",
    facts: [signing.annViews, { ...signing.annViews, occurrence: "2", occurredAt: at("09:40") }],
    says: ["recipient.viewed Ann Lee"],
  },
  {
    what: "one signature, by whichever of their keys the signer is named",
    facts: [
      signing.annSigns,
      { ...signing.annSigns, recipient: "guid-1", occurredAt: at("09:21") },
      aFact("contract.noted", {
        occurrence: "other reports",
        description: { recipients: [{ key: "1", alias: "guid-1" }] },
      }),
    ],
    says: ["recipient.signed Ann Lee"],
  },
  {
    what: "one refusal, with the reason that the contract's telling has",
    facts: [declined, bobDeclines],
    says: ["recipient.declined Bob Roy Too dear"],
  },
  {
    what: "every failed proof of identity",
    facts: [
      aFact("recipient.auth_failed", { recipient: "1", occurrence: "1" }),
      aFact("recipient.auth_failed", { recipient: "1", occurrence: "2" }),
    ],
    says: ["recipient.auth_failed Ann Lee", "recipient.auth_failed Ann Lee"],
  },
  {
    what: "no ending that a completion overrules",
    facts: [aFact("contract.expired", { occurredAt: at("09:40") }), signing.completed],
    says: ["contract.completed"],
  },
];

it.each(cases)("tells $what", ({ facts, says }) => {
  expect(told(...facts)).toEqual(says);
});

it("knows a moment again when a second telling of it comes late", () => {
  const first = eventsOf(declined);
  const [, later] = [first, eventsOf(bobDeclines, declined)];
  const [moment] = momentsOf(contractOf(later), later);
  expect(moment?.covers).toContain(first[0]?.id);
});

it("says nothing of an ending that is only claimed", () => {
  const events = eventsOf(described(), signing.sent, signing.completed).map((event) => ({
    ...event,
    claimed: event.type === "contract.completed",
  }));
  const moments = momentsOf(contractOf(events), events);
  expect(moments.map(({ event }) => event.type)).toEqual(["contract.sent"]);
});
