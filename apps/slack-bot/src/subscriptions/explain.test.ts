import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literal } from "../blocks/text.ts";
import { explainTerms } from "./explain.ts";
import type { Terms } from "./terms.ts";
import { shuffled, someTerms } from "./testing/arbitrary.ts";
import { termsOf } from "./testing/facts.ts";

const names = new Map([["U1", "Dana Reyes"]]);
const nameOf = (userId: string) => names.get(userId) ?? null;

it.each([
  ["", "Posts a card with a thread for every contract."],
  [
    "provider:docusign,pandadoc amount:>25k -template:NDA event:completed,declined",
    "Posts a card with a thread for every contract of DocuSign or PandaDoc, above 25,000, except those whose template or title has “NDA”, when it is completed or declined.",
  ],
  [
    "broadcast:on owner:me,kim@example.com,<@U7>",
    "Posts a card with a thread for every contract owned by kim@example.com, Dana Reyes or the person with the id U7. What the thread says shows in the channel too.",
  ],
  [
    "mode:card tag:renewal -owner:me -amount:<1000eur,2k..3k",
    "Posts a card that is kept up to date for every contract tagged “renewal”, except those below 1,000 EUR or of 2,000 to 3,000 and those owned by Dana Reyes.",
  ],
  ["mode:list", "Posts a message about every contract, each time something happens to it."],
  [
    "mode:list event:problems -event:declined",
    "Posts a message about every contract, each time it expires, a mail about it bounces, or a signer fails to prove who they are.",
  ],
  [
    "event:signed,expired -event:viewed",
    "Posts a card with a thread for every contract, when it is signed by somebody, or it expires.",
  ],
  ["-event:viewed", "Posts a card with a thread for every contract, but not when it is viewed."],
  [
    'mode:digest days:weekly account:Acme pipeline:new stage:"closed won"',
    "Posts a digest on Mondays at 09:00 (Europe/Berlin) with every contract of the account “Acme”, in the pipeline “new”, in the stage “closed won”.",
  ],
  ["amount:25000eur", "Posts a card with a thread for every contract of exactly 25,000 EUR."],
  [
    "amount:>=5,<=1m",
    "Posts a card with a thread for every contract of at most 1,000,000 or of at least 5.",
  ],
])("explains %j", (typed, sentence) => {
  expect(explainTerms(termsOf(typed), nameOf)).toBe(sentence);
});

it("explains rules of one meaning alike", () => {
  const pairs = someTerms.chain((terms) =>
    shuffled(terms.rule).map((rule) => [terms, { ...terms, rule }] as const),
  );
  fc.assert(
    fc.property(pairs, ([terms, other]) => {
      expect(explainTerms(other, nameOf)).toBe(explainTerms(terms, nameOf));
    }),
    { numRuns: 500 },
  );
});

describe("other people's words", () => {
  const hostile = fc.oneof(
    fc.constantFrom("<!channel>", "<@U1>", "*bold*", "a\nb", "\u202Eback", "שלום", "x".repeat(80)),
    fc.string({ unit: "binary", minLength: 1, maxLength: 80 }),
  );

  it("stay in one line, ping nobody and turn nothing around", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 30 }), (values) => {
        const terms: Terms = {
          ...termsOf(""),
          rule: { include: [{ key: "tag", values }], exclude: [] },
        };
        const sentence = explainTerms(terms, () => "<!here>");
        expect(sentence).not.toMatch(/[\n\r\u202A-\u202E\p{Cc}]/u);
        expect(literal(sentence)).not.toMatch(/<[!@#]/);
        expect(literal(sentence).length).toBeLessThan(12_000);
      }),
    );
  });
});
