import type { Json } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultSentence } from "../words/subscription-fault-words.ts";
import { normalRule } from "./normal-rule.ts";
import { parseTerms } from "./parse.ts";
import { ruleLimits, type Filter, type Rule } from "./rule.ts";
import { Terms } from "./terms.ts";
import { shuffled, someTerms, spelt } from "./testing/arbitrary.ts";

const asker = { userId: "U9", timezone: "Europe/Berlin", sources: ["docusign-eu"] };

function read(text: string): Terms | string[] {
  const parsed = parseTerms(text, asker);
  return parsed.kind === "terms" ? parsed.terms : parsed.faults.map(faultSentence);
}

const rule = (include: Filter[], exclude: Filter[] = []): Rule => ({ include, exclude });

describe("reads the filters of", () => {
  const nda: Filter = { key: "template", values: ["NDA"] };
  it.each<[string, Rule]>([
    ["", rule([])],
    ["+template:NDA", rule([nda])],
    ["Template:NDA", rule([nda])],
    ["-template:NDA", rule([], [nda])],
    ["–template:NDA", rule([], [nda])],
    ["+event:completed,Declined", rule([{ key: "event", values: ["completed", "declined"] }])],
    [
      "event:completed, declined -template:NDA",
      rule([{ key: "event", values: ["completed", "declined"] }], [nda]),
    ],
    ["event:completed, -template:NDA", rule([{ key: "event", values: ["completed"] }], [nda])],
    ["event:sent event:auth_failed", rule([{ key: "event", values: ["sent", "auth-failed"] }])],
    [
      "event:endings -event:voided",
      rule([{ key: "event", values: ["completed", "declined", "expired"] }]),
    ],
    ["-event:viewed", rule([], [{ key: "event", values: ["viewed"] }])],
    [
      'template:"Mill, the lease",“Master agreement”',
      rule([{ key: "template", values: ["Master agreement", "Mill, the lease"] }]),
    ],
    ["stage:„Closed won“", rule([{ key: "stage", values: ["Closed won"] }])],
    ["owner:<@U123|dana>", rule([{ key: "owner", values: [{ userId: "U123" }] }])],
    ["owner:<@W123>,me", rule([{ key: "owner", values: [{ userId: "U9" }, { userId: "W123" }] }])],
    [
      "owner:<mailto:Dana@example.com|Dana@example.com>",
      rule([{ key: "owner", values: [{ email: "dana@example.com" }] }]),
    ],
    ["account:<http://acme.com|acme.com>", rule([{ key: "account", values: ["acme.com"] }])],
    ["account:\u0000Ac\u0000me", rule([{ key: "account", values: ["Acme"] }])],
    ["account:R&amp;D", rule([{ key: "account", values: ["R&D"] }])],
    [
      "provider:DocuSign,dropbox-sign,docusign-eu",
      rule([{ key: "provider", values: ["docusign", "docusign-eu", "dropbox-sign"] }]),
    ],
    ["provider:Dropbox_sign", rule([{ key: "provider", values: ["dropbox-sign"] }])],
    [
      "amount:&gt;25k",
      rule([
        {
          key: "amount",
          values: [{ least: { value: 25_000, included: false }, most: null, currency: null }],
        },
      ]),
    ],
  ])("%j", (text, expected) => {
    expect(read(text)).toEqual({ rule: expected, mode: "thread", broadcast: false, digest: null });
  });
});

it.each<[string, Omit<Terms, "rule">]>([
  ["mode:card", { mode: "card", broadcast: false, digest: null }],
  ["mode:LIST broadcast:off", { mode: "list", broadcast: false, digest: null }],
  ["broadcast:on", { mode: "thread", broadcast: true, digest: null }],
  [
    "mode:digest",
    {
      mode: "digest",
      broadcast: false,
      digest: { at: "09:00", days: "weekdays", timezone: "Europe/Berlin" },
    },
  ],
  [
    "mode:digest at:5pm days:daily",
    {
      mode: "digest",
      broadcast: false,
      digest: { at: "17:00", days: "daily", timezone: "Europe/Berlin" },
    },
  ],
  [
    "mode:digest at:7:30 days:weekly",
    {
      mode: "digest",
      broadcast: false,
      digest: { at: "07:30", days: "weekly", timezone: "Europe/Berlin" },
    },
  ],
])("reads the options of %j", (text, expected) => {
  expect(read(text)).toEqual({ rule: { include: [], exclude: [] }, ...expected });
});

it("keeps to UTC where the asker's time zone is unknown", () => {
  const parsed = parseTerms("mode:digest", { userId: "U9", timezone: "Mars/Base" });
  expect(parsed).toMatchObject({ terms: { digest: { timezone: "UTC" } } });
});

describe("says what is wrong with", () => {
  it.each<[string, string[]]>([
    ["NDA", ["“NDA” is no filter: a filter is a key, a colon and a value, as in template:NDA."]],
    ["complete", [expect.stringContaining("Did you mean “event:completed”?")]],
    ["digest", [expect.stringContaining("Did you mean “mode:digest”?")]],
    [
      "+templat:NDA",
      ["“+templat:NDA” asks for something I do not know. Did you mean “template:”?"],
    ],
    ["colour:red", ["“colour:red” asks for something I do not know."]],
    ["owner:", ["“owner:” says nothing behind its colon. Write it as owner:@name."]],
    ['tag:"",', ['“tag:"",” says nothing behind its colon. Write it as tag:renewal.']],
    [
      "event:compleded",
      ["“compleded” is nothing that event can be. Did you mean “event:completed”?"],
    ],
    ["event:won", [expect.stringContaining("It can be: sent, viewed, signed")]],
    ["mode:crad", ["“crad” is nothing that mode can be. Did you mean “mode:card”?"]],
    ["provider:docusing", [expect.stringContaining("Did you mean “provider:docusign”?")]],
    ["owner:@dana", [expect.stringContaining("“@dana” names nobody I know.")]],
    ["amount:lots", [expect.stringContaining("“lots” is no amount.")]],
    ["amount:&gt;25,000", [expect.stringContaining("Write 25000 or 25k.")]],
    ["amount:1,250,000", [expect.stringContaining("Write 25000 or 25k.")]],
    ["amount:50k..10k", [expect.stringContaining("Write the smaller end first")]],
    [
      '-template:"NDA mode:card',
      ['The quote in “"NDA mode:card” is never closed. Close it where the words end.'],
    ],
    ["-mode:card", [expect.stringContaining("takes no + or -")]],
    ["mode:card mode:list", ["“mode:list” says mode more than once. Keep one."]],
    ["mode:card,list", ["“mode:card,list” says mode more than once. Keep one."]],
    ["mode:card broadcast:on", [expect.stringContaining("means something with mode:thread only")]],
    ["at:09:00", [expect.stringContaining("means something with mode:digest only")]],
    ["mode:digest at:25:00", ["“at:25:00” is no time of day. Write it as at:09:00."]],
    ["event:voided -event:endings", [expect.stringContaining("leaves out every event")]],
    [`tag:${"x".repeat(81)}`, [expect.stringContaining("is too long for one value")]],
    [
      `tag:${Array.from({ length: 31 }, (_, at) => `t${at}`).join(",")}`,
      [expect.stringContaining("names more than 30 values")],
    ],
    ["x".repeat(2_001), ["This is too long to read. Make two subscriptions of it."]],
    [
      "evnet:sent moed:card",
      [expect.stringContaining("“event:”"), expect.stringContaining("“mode:”")],
    ],
  ])("%j", (text, sentences) => {
    expect(read(text)).toEqual(sentences);
  });
});

/** Text made of what means something here, to come further than any text would. */
const nearText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom(
        "+",
        "-",
        ":",
        ",",
        " ",
        '"',
        "“",
        "<@U1|",
        ">",
        "&lt;",
        "..",
        "25k",
        "\u0000",
      ),
      fc.constantFrom("event", "amount", "owner", "tag", "mode", "at", "digest", "sent", "on"),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

it("reads any text into terms that can be kept, or says what is wrong", () => {
  fc.assert(
    fc.property(fc.oneof(nearText, fc.string({ unit: "binary" })), (text) => {
      const parsed = parseTerms(text, asker);
      const kept: Json = parsed.kind === "terms" ? parsed.terms : null;
      const sentences = parsed.kind === "faults" ? parsed.faults.map(faultSentence) : ["Read."];
      expect(Terms.nullable().parse(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
      expect(JSON.stringify(kept)).not.toContain(String.raw`\u0000`);
      expect(sentences).not.toEqual([]);
      for (const sentence of sentences) expect(sentence).toMatch(/[.?]$/);
    }),
    { numRuns: 2_000 },
  );
});

it("reads back what is spelt, and knows a rule again in another order", () => {
  const shuffledTerms = someTerms.chain((terms) =>
    shuffled(terms.rule).map((other) => [terms, { ...terms, rule: other }] as const),
  );
  fc.assert(
    fc.property(shuffledTerms, ([terms, other]) => {
      const { include, exclude } = terms.rule;
      const wanted = include.flatMap((one) => (one.key === "event" ? one.values : []));
      const unwanted = new Set(exclude.flatMap((one) => (one.key === "event" ? one.values : [])));
      fc.pre(wanted.length === 0 || wanted.some((word) => !unwanted.has(word)));
      const normal = { ...terms, rule: normalRule(terms.rule) };
      fc.pre(other.rule.include.length + other.rule.exclude.length < ruleLimits.values);
      expect(parseTerms(spelt(other), asker)).toEqual({ kind: "terms", terms: normal });
      expect(normalRule(normal.rule)).toEqual(normal.rule);
    }),
    { numRuns: 500 },
  );
});
