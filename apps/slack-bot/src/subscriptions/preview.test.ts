import type { ReportedFact } from "@countersign/core";
import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { at, contractOf, signing } from "../testing/contracts.ts";
import { previewSentence } from "../words/subscription-words.ts";
import { previewOf, previewDays, type Past } from "./preview.ts";
import { pastOf, termsOf } from "./testing/facts.ts";

/** Friday, four days after the day of the test contracts; 12:00 in Berlin. */
const now = new Date("2026-05-08T10:00:00.000Z");

function past(id: string, about: { title: string }, ...facts: ReportedFact[]): Past {
  const { facts: known, events } = pastOf({ about }, ...facts);
  const mine = events.map((event) => ({ ...event, contractId: id, id: `${id} ${event.id}` }));
  return { facts: { ...known, contract: { ...contractOf(mine), id } }, events: mine };
}

const { sent, annViews, annSigns, bobSigns, completed } = signing;
const declined = aFact("contract.declined", { occurredAt: "2026-05-06T12:00:00.000Z" });
const oldView = { ...annViews, occurredAt: "2026-04-20T09:00:00.000Z" };
const sameView = { ...annViews, occurrence: "2", occurredAt: at("09:30") };

const history = [
  past("d/1", { title: "Mill lease" }, sent, annViews, annSigns, bobSigns, completed),
  past("d/2", { title: "NDA" }, sent, declined),
  past("d/3", { title: "Old lease" }, oldView, sameView),
];

describe("counts, for what is typed", () => {
  it.each<[string, { messages: number; inChannel: number; contracts: number }]>([
    ["", { messages: 9, inChannel: 2, contracts: 2 }],
    ["broadcast:on", { messages: 9, inChannel: 9, contracts: 2 }],
    ["mode:card", { messages: 2, inChannel: 2, contracts: 2 }],
    ["mode:list", { messages: 7, inChannel: 7, contracts: 2 }],
    ["mode:list event:signed,declined", { messages: 3, inChannel: 3, contracts: 2 }],
    ["event:completed", { messages: 2, inChannel: 1, contracts: 1 }],
    ["-template:NDA", { messages: 6, inChannel: 1, contracts: 1 }],
    ["template:Old", { messages: 0, inChannel: 0, contracts: 0 }],
    ["mode:digest days:daily", { messages: 2, inChannel: 2, contracts: 2 }],
    ["mode:digest days:daily at:12:00", { messages: 2, inChannel: 2, contracts: 2 }],
    ["mode:digest days:weekly", { messages: 0, inChannel: 0, contracts: 0 }],
    ["mode:digest days:weekly at:23:00", { messages: 1, inChannel: 1, contracts: 2 }],
  ])("%j", (typed, counts) => {
    expect(previewOf(termsOf(typed), history, now)).toMatchObject(counts);
  });
});

it("sums up in the first digest what happened before the seven days began", () => {
  const monday = new Date("2026-05-11T08:00:00.000Z");
  const preview = previewOf(termsOf("mode:digest days:weekly"), history, monday);
  expect(preview).toMatchObject({ messages: 1, contracts: 2 });
});

it("leaves out the digests that were due before the seven days began", () => {
  const later = new Date("2026-05-12T10:00:00.000Z");
  const preview = previewOf(termsOf("mode:digest days:daily"), history, later);
  expect(preview).toMatchObject({ messages: 1, contracts: 1 });
});

it("counts nothing that is only claimed", () => {
  const claimed = history.map(({ facts, events }) => ({
    facts,
    events: events.map((event) => ({ ...event, claimed: true })),
  }));
  expect(previewOf(termsOf("mode:list"), claimed, now).messages).toBe(0);
});

function examples(typed: string): string[] {
  return previewOf(termsOf(typed), history, now).examples.map(
    ({ facts, happening: { type, who } }) => `${facts.contract.title}: ${who ?? ""} ${type}`,
  );
}

describe("shows as examples", () => {
  it("the latest of three kinds, the latest first", () => {
    expect(examples("")).toEqual([
      "NDA:  contract.declined",
      "Mill lease:  contract.completed",
      "Mill lease: Bob Roy recipient.signed",
    ]);
  });

  it("more of a kind where there are not three kinds", () => {
    expect(examples("event:signed,sent template:lease")).toEqual([
      "Mill lease: Bob Roy recipient.signed",
      "Mill lease: Ann Lee recipient.signed",
      "Mill lease:  contract.sent",
    ]);
    expect(examples("event:voided")).toEqual([]);
  });
});

it.each([
  [
    "",
    "In the last 7 days this would have posted 9 messages about 2 contracts: 2 in the channel, the others in threads.",
  ],
  [
    "mode:list event:completed",
    "In the last 7 days this would have posted one message about one contract.",
  ],
  ["event:voided", "In the last 7 days this would have posted nothing here."],
])("says for %j: %s", (typed, sentence) => {
  expect(previewSentence(previewOf(termsOf(typed), history, now), previewDays)).toBe(sentence);
});

it("previews a busy workspace in a moment", () => {
  const [first] = history;
  if (first === undefined) throw new Error("The history is empty.");
  const busy = Array.from({ length: 20_000 }, (_, index) => ({
    ...first,
    facts: { ...first.facts, contract: { ...first.facts.contract, id: `d/${index}` } },
  }));
  const started = performance.now();
  const { contracts } = previewOf(termsOf("mode:list provider:docusign -template:NDA"), busy, now);
  expect(contracts).toBe(20_000);
  expect(performance.now() - started).toBeLessThan(10_000);
}, 60_000);
