import { clip } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainTerms } from "../subscriptions/explain.ts";
import { textKeys, type Rule } from "../subscriptions/rule.ts";
import { modes, type Terms } from "../subscriptions/terms.ts";
import type { Message } from "./message.ts";
import { subscriptionList } from "./subscription-list.ts";
import { offerMessage } from "./subscription-offer.ts";
import { factsFrom } from "./testing/cards.ts";
import { nastyHappening, nastyText } from "./testing/nasty.ts";
import { textsOf } from "./testing/readable.ts";
import { isIsolated, strayMarkup } from "./testing/stray-markup.ts";
import { findAnswerFaults } from "./validate.ts";

const value = nastyText.map((text) => clip(text, 80)).filter((text) => text !== "");

const side: fc.Arbitrary<Rule["include"]> = fc.array(
  fc.oneof(
    fc.record({
      key: fc.constantFrom(...textKeys),
      values: fc.array(value, { minLength: 1, maxLength: 10 }),
    }),
    fc.record({
      key: fc.constant("owner" as const),
      values: fc.array(
        value.map((userId) => ({ userId })),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  ),
  { maxLength: 6 },
);

const terms: fc.Arbitrary<Terms> = fc
  .record({
    include: side,
    exclude: side,
    mode: fc.constantFrom(...modes),
    broadcast: fc.boolean(),
  })
  .map(({ include, exclude, mode, broadcast }) => {
    return { rule: { include, exclude }, mode, broadcast, digest: null };
  });

/** A rule as people read it, of people whose names are anybody's guess. */
const rule = fc
  .tuple(terms, fc.option(nastyText))
  .map(([one, name]) => explainTerms(one, () => name));

const offers = fc
  .record({
    rule,
    notes: fc.array(rule, { maxLength: 3 }),
    counts: fc.tuple(fc.nat(5_000), fc.nat(5_000), fc.nat(5_000)),
    examples: fc.array(fc.tuple(nastyText, nastyHappening), { maxLength: 3 }),
    isAll: fc.boolean(),
    typed: fc.string({ unit: "binary", maxLength: 2_000, size: "max" }),
  })
  .map(({ counts: [messages, inChannel, contracts], examples, ...offer }) => {
    const facts = factsFrom([]);
    const shown = examples.map(([title, happening]) => {
      return { facts: { ...facts, contract: { ...facts.contract, title } }, happening };
    });
    return offerMessage({ ...offer, preview: { messages, inChannel, contracts, examples: shown } });
  });

const lists = fc
  .tuple(
    fc.array(
      fc.record({
        id: fc.nat().map(String),
        rule,
        madeBy: nastyText.map((text) => ` ${text}`),
        madeAt: fc.constant(new Date("2026-05-04T09:00:00.000Z")),
        stopped: fc.option(nastyText),
      }),
      { minLength: 1, maxLength: 16, size: "max" },
    ),
    fc.boolean(),
  )
  .map(([subscriptions, removable]) =>
    subscriptionList("What this channel hears of", subscriptions, { removable }),
  );

describe.each<[string, fc.Arbitrary<Message>]>([
  ["an offer", offers],
  ["a list of subscriptions", lists],
])("%s, whatever people typed", (_, messages) => {
  it("is what Slack takes, says a sentence and formats nothing of it", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(findAnswerFaults({ ...message, response_type: "ephemeral" })).toEqual([]);
        for (const shown of textsOf(message)) {
          expect(strayMarkup(shown)).toEqual([]);
          expect(isIsolated(shown.text)).toBe(true);
        }
        expect(message.text).toMatch(/[.!?…]\u2069?$/u);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});
