import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Line } from "../notifications/announce.ts";
import { renderCard, renderLine, renderListed } from "../notifications/render.ts";
import { contractListMessage, groupedListMessage } from "./contract-list.ts";
import { contractLine } from "./contract-line.ts";
import { digestMessage } from "./digest.ts";
import { historyMessage } from "./history.ts";
import { sentenceMessage, type Message } from "./message.ts";
import { contractUnfurl, dealUnfurl } from "./unfurl.ts";
import { quote } from "./text.ts";
import { stoppedNotice } from "./notices.ts";
import { nudgeMessage } from "./nudge.ts";
import { pickerMessage } from "./picker.ts";
import {
  nastyCard,
  nastyDeal,
  nastyHappening,
  nastyText,
  nastyTime,
  nastyVia,
} from "./testing/nasty.ts";
import { stallEntry } from "./stall-line.ts";
import { textsOf } from "./testing/readable.ts";
import { isIsolated, strayMarkup } from "./testing/stray-markup.ts";
import { lineSentence } from "../words/line-words.ts";
import { findAnswerFaults, findFaults } from "./validate.ts";
import { whyMessage } from "./why.ts";

const cards = (maxLength: number) => fc.array(nastyCard, { maxLength, size: "max" });
const value = fc.string({ unit: "binary", minLength: 1, maxLength: 200 });
const paging = fc.record({ previous: fc.option(value), next: fc.option(value) });

const line: fc.Arbitrary<Line> = fc.record({
  key: fc.constant("evt_1"),
  covers: fc.constant(["evt_1"]),
  kind: fc.constantFrom("happening", "summary"),
  happenings: fc.array(nastyHappening, { minLength: 1, maxLength: 40 }),
});

const digest = fc.record({
  kind: fc.constantFrom("channel", "person", "collapsed"),
  since: nastyTime,
  attention: cards(8),
  waiting: cards(8),
  finished: cards(8),
  cutAt: fc.option(fc.nat(), { nil: null }),
});

const nudge = fc.record({
  card: nastyCard,
  kind: fc.constantFrom("unsigned", "quiet", "expiring"),
  at: nastyTime,
  waitsFor: fc.array(fc.option(nastyText), { maxLength: 20 }),
  isEscalated: fc.boolean(),
});

const history = fc.record({
  card: nastyCard,
  entries: fc.array(
    fc
      .tuple(nastyHappening, nastyVia, fc.boolean(), fc.option(nastyText))
      .map(([happening, via, claimed, note]) => ({ ...happening, via, claimed, note })),
    { maxLength: 30 },
  ),
  page: fc.integer({ min: 1, max: 100 }),
  paging,
});

const why = fc.record({
  card: nastyCard,
  deliveries: fc.array(
    fc.record({
      at: nastyTime,
      source: nastyText,
      times: fc.nat(50),
      proof: fc.constantFrom("signature", "secret-alone", "read-back"),
      secret: fc.option(fc.nat(5)),
      digest: fc.constant("0123456789abcdef".repeat(4)),
      proves: fc.array(fc.record({ words: nastyText, at: fc.option(nastyTime) }), {
        maxLength: 10,
      }),
    }),
    { maxLength: 30 },
  ),
  effects: fc.array(
    fc.record({
      status: fc.constantFrom("planned", "done", "failed", "skipped"),
      kind: nastyText,
      destination: nastyText,
      target: nastyText,
      at: fc.option(nastyTime),
      code: fc.option(nastyText),
      message: fc.option(nastyText),
      changes: fc.array(
        fc.record({ name: nastyText, before: fc.option(nastyText), after: fc.option(nastyText) }),
        { maxLength: 5 },
      ),
    }),
    { maxLength: 30 },
  ),
  counts: fc.record({ deliveries: fc.nat(1_000), effects: fc.nat(1_000) }),
  links: fc.array(
    fc.record({
      crm: nastyText,
      name: nastyText,
      foundBy: fc.constantFrom("custom-field", "rule", "person"),
      detail: nastyText,
    }),
    { maxLength: 3 },
  ),
  silences: fc.array(fc.record({ words: nastyText, until: fc.option(nastyTime) }), {
    maxLength: 5,
  }),
  page: fc.integer({ min: 1, max: 3 }),
  paging,
});

const renderers: [string, fc.Arbitrary<Message>][] = [
  ["a card", nastyCard.map(renderCard)],
  ["a line", fc.tuple(line, nastyCard).map(([said, card]) => renderLine(said, card))],
  ["a listed line", fc.tuple(line, nastyCard).map(([said, card]) => renderListed(said, card))],
  ["a digest", digest.map(digestMessage)],
  ["a nudge", nudge.map(nudgeMessage)],
  ["a history", history.map(historyMessage)],
  ["a chain of reasons", why.map(whyMessage)],
  [
    "a list",
    fc
      .record({ cards: cards(12), page: fc.integer({ min: 1, max: 50 }), paging })
      .map((given) => contractListMessage({ ...given, heading: "Open contracts" })),
  ],
  [
    "a list in groups",
    fc.record({ groups: fc.array(cards(5), { maxLength: 4 }), paging }).map(({ groups, paging }) =>
      groupedListMessage({
        heading: "Open contracts",
        page: 1,
        paging,
        groups: groups.map((group) => ({
          name: "About to expire",
          entries: group.map((card) => ({
            line: contractLine(card),
            sentence: lineSentence(card),
          })),
        })),
      }),
    ),
  ],
  [
    "a list of what has stalled",
    fc
      .array(
        fc.record({
          card: nastyCard,
          kind: fc.constantFrom("expiring", "unsigned", "quiet"),
          at: nastyTime,
          waitsFor: fc.array(fc.option(nastyText), { maxLength: 20 }),
        }),
        { maxLength: 10 },
      )
      .map((stuck) =>
        groupedListMessage({
          heading: "Stuck contracts",
          page: 1,
          paging: { previous: null, next: null },
          groups: [{ name: null, entries: stuck.map(({ card, ...one }) => stallEntry(card, one)) }],
        }),
      ),
  ],
  [
    "a picker",
    fc
      .tuple(
        fc.array(fc.record({ card: nastyCard, value }), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
      )
      .map(([choices, hasMore]) => pickerMessage(choices, hasMore)),
  ],
  [
    "a notice",
    fc.record({ target: nastyText, reason: nastyText, advice: nastyText }).map(stoppedNotice),
  ],
  ["what stands below a link to a contract", nastyCard.map(contractUnfurl)],
  [
    "what stands below a link to a deal",
    fc
      .tuple(nastyDeal, fc.array(nastyCard, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([deal, contracts, hasMore]) => dealUnfurl(deal, contracts, hasMore)),
  ],
  ["a sentence", nastyText.map((text) => sentenceMessage(`I know of ${quote(text, 5_000)}.`))],
];

const runs = { numRuns: 100 };
const patience = 120_000;

describe.each(renderers)("%s, whatever a contract's text holds", (_, messages) => {
  it("stays within what Slack takes", { timeout: patience }, () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(findFaults(message)).toEqual([]);
        expect(findAnswerFaults({ ...message, response_type: "ephemeral" })).toEqual([]);
      }),
      runs,
    );
  });

  it("mentions, links and formats nothing of it", { timeout: patience }, () => {
    fc.assert(
      fc.property(messages, (message) => {
        for (const shown of textsOf(message)) expect(strayMarkup(shown)).toEqual([]);
      }),
      runs,
    );
  });

  it("turns no direction but its own, and says a whole sentence", { timeout: patience }, () => {
    fc.assert(
      fc.property(messages, (message) => {
        for (const { text } of textsOf(message)) expect(isIsolated(text)).toBe(true);
        expect(message.text).toMatch(/[.!?…]\u2069?$/u);
        expect(message.text.trim().split(/\s+/u).length).toBeGreaterThan(2);
      }),
      runs,
    );
  });
});
