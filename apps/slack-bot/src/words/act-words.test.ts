import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answer, type Piece } from "../blocks/answer.ts";
import { nastyCard, nastyText } from "../blocks/testing/nasty.ts";
import { textsOf } from "../blocks/testing/readable.ts";
import { findAnswerFaults, findViewFaults } from "../blocks/validate.ts";
import { readDealName } from "../deals/read-deal-name.ts";
import type { DealCandidate } from "../deals/candidates.ts";
import type { Reminded } from "../reminders/remind.ts";
import type { Tied, Untied } from "../ties/tie.ts";
import { cardView, findContractView } from "../views/find-contract/view.ts";
import { linkDealView } from "../views/link-deal/view.ts";
import {
  mutedWords,
  noDealWords,
  quietWords,
  refusedWords,
  remindedWords,
  snoozedWords,
  tiedWords,
  unmutedWords,
  untiedWords,
} from "./act-words.ts";
import { connectWords } from "./connect-words.ts";

const title = fc.option(nastyText);
const when = fc.constantFrom(new Date("2026-05-04T09:00:00Z"));
const by = fc.option(fc.oneof(fc.constantFrom("U000000001", "W0AB"), nastyText));
const crm = fc.oneof(fc.constantFrom("hubspot", "salesforce"), nastyText);
const deal = fc.record({ crm, recordId: nastyText, name: title });
const scope = fc.constantFrom("me" as const, "here" as const);

const reminded: fc.Arbitrary<Reminded> = fc.oneof(
  fc.record({ kind: fc.constant("sent" as const), whom: fc.array(title, { minLength: 1 }) }),
  fc.record({
    kind: fc.constantFrom("too-soon" as const, "in-doubt" as const),
    by,
    at: when,
    again: when,
  }),
  fc.record({ kind: fc.constant("refused" as const), reason: nastyText }),
  fc.record({ kind: fc.constant("later" as const), seconds: fc.nat() }),
  fc.record({
    kind: fc.constantFrom(
      ...(["impossible", "ended", "nobody", "unauthorized", "missing", "no-answer"] as const),
    ),
  }),
);

const link = fc.record({
  contractId: nastyText,
  destination: crm,
  recordId: nastyText,
  foundBy: fc.constantFrom("person" as const, "rule" as const),
  certainty: fc.constant(1),
  detail: nastyText,
});
const tied: fc.Arbitrary<Tied> = fc.oneof(
  fc.record({ kind: fc.constant("tied" as const), before: fc.option(link) }),
  fc.record({ kind: fc.constant("already" as const), by: nastyText }),
);
const which: Untied = { kind: "which", crms: ["hubspot", "salesforce"] };
const untied: fc.Arbitrary<Untied> = fc.oneof(
  deal.map((one) => ({ ...one, kind: "untied" as const })),
  fc.constant({ kind: "none" as const }),
  fc.constant(which),
);

const candidates: fc.Arbitrary<DealCandidate[]> = fc.uniqueArray(
  fc.record({
    crm: fc.constantFrom("hubspot", "salesforce"),
    recordId: nastyText,
    name: title,
    reasons: fc.subarray(["amount", "account", "signer", "name"] as const, { minLength: 1 }),
  }),
  { maxLength: 5, selector: (candidate) => candidate.crm + candidate.recordId },
);

const said: [string, fc.Arbitrary<readonly Piece[]>][] = [
  ["a reminder", fc.tuple(title, nastyText, reminded).map((given) => remindedWords(...given))],
  ["a link", fc.tuple(title, deal, tied, nastyText).map((given) => tiedWords(...given))],
  [
    "an unlink",
    fc.tuple(title, untied, fc.option(crm), nastyText).map((given) => untiedWords(...given)),
  ],
  ["a mute", fc.tuple(title, scope).map((given) => [mutedWords(...given)])],
  ["a snooze", fc.tuple(title, scope, when).map((given) => snoozedWords(...given))],
  ["an unmute", fc.tuple(title, scope, fc.boolean()).map((given) => [unmutedWords(...given)])],
  ["an unknown span", nastyText.map((text) => [quietWords.badSpan(text)])],
  ["no address", nastyText.map((text) => [connectWords.notAnAddress(text)])],
  [
    "a taken address",
    fc.tuple(nastyText, nastyText).map((given) => connectWords.somebodyElses(...given)),
  ],
  [
    "another domain",
    fc.tuple(nastyText, title).map((given) => [connectWords.otherDomain(...given)]),
  ],
  [
    "a deal that is none",
    nastyText.map((text) => {
      const read = readDealName(text, []);
      return [read.kind === "deal" ? "It is a deal." : noDealWords(read, text, ["hubspot"])];
    }),
  ],
];

describe.each(said)("%s, whatever a contract's text holds", (_, pieces) => {
  it("is a whole sentence that pings, links and formats nothing", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(pieces, (given) => {
        const message = answer(...given);
        expect(findAnswerFaults({ ...message, response_type: "ephemeral" })).toEqual([]);
        expect(message.text).toMatch(/[.!?…]\u2069?$/u);
        for (const { text } of textsOf(message)) expect(strayMarkup(text)).toEqual([]);
      }),
    );
  });
});

/** What is left of markup when our own dates and people are taken away. */
function strayMarkup(text: string): string[] {
  const rest = text
    .replaceAll(/<!date\^\d+\^\{date_short_pretty\} \{time\}\|[\dTZ:.-]+>/g, "")
    .replaceAll(/<@[UW][A-Z0-9]+>/g, "");
  const patterns = [
    /[<>]/g,
    /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu,
    /:[\p{L}\p{N}_+'-]+:/gu,
  ];
  return patterns.flatMap((pattern) => rest.match(pattern) ?? []);
}

describe("a modal", () => {
  it.each([
    [
      "for a link",
      fc
        .tuple(nastyText, title, candidates)
        .map(([id, name, found]) =>
          linkDealView({ id: id.slice(0, 300), title: name }, found, ["hubspot", "salesforce"]),
        ),
    ],
    [
      "for a search",
      fc
        .array(nastyCard, { maxLength: 10 })
        .map((cards) => findContractView({ cards: cards.map(withId), hasMore: true })),
    ],
    ["of a card", nastyCard.map((card) => cardView(withId(card)))],
  ])("%s stays within what Slack takes", { timeout: 60_000 }, (_, views) => {
    fc.assert(
      fc.property(views, (view) => {
        expect(findViewFaults(view)).toEqual([]);
      }),
    );
  });
});

function withId<Value extends object>(card: Value): Value & { contractId: string } {
  return { ...card, contractId: "docusign/c1" };
}

it.each([
  ["admins", "admins"],
  ["owner", "the contract's owner and admins"],
  [["U1"], "admins and the people named in countersign.yaml"],
] as const)("says who may where that is %j", (allowed, words) => {
  expect(refusedWords("remind", allowed)).toBe(
    `Only ${words} may send reminders. Ask one of them.`,
  );
});
