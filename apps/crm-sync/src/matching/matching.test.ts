import type { Contract } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CandidateDeal } from "./candidate-deal.ts";
import { chooseCandidate } from "./choose-candidate.ts";
import { companyDomain, domainOfWebsite } from "./domains.ts";
import { evidenceDigest, evidenceOf, isTelling, type Evidence } from "./evidence.ts";
import { resolveLink } from "./resolve-link.ts";
import { scoreCandidates } from "./score-candidates.ts";
import { tellingWords } from "./words.ts";

const settings = { certain: 0.75, margin: 0.15, ignoreDomains: ["northgate-group.example"] };

const recipient = (email: string | null): Contract["recipients"][number] => ({
  key: email ?? "?",
  name: null,
  email,
  role: null,
  order: null,
  status: "sent",
  sentAt: null,
  viewedAt: null,
  signedAt: null,
  declinedAt: null,
  reason: null,
});

const contract = {
  title: "Master service agreement: Fleet tracking",
  amount: { value: 126_500, currency: "USD" },
  sender: { name: "Tobias", email: "Tobias@northgate.example" },
  recipients: [
    recipient("ana@bluefin.example"),
    recipient("legal@northgate.example"),
    recipient("cfo@northgate-group.example"),
    recipient("somebody@gmail.com"),
    recipient(null),
  ],
  sentAt: "2026-11-20T10:00:00.000Z",
  createdAt: null,
};
const evidence = evidenceOf(contract, settings);

const deal = (recordId: string, more: Partial<CandidateDeal> = {}): CandidateDeal => ({
  recordId,
  name: null,
  account: null,
  contactEmails: [],
  amount: null,
  currency: null,
  ownerEmail: null,
  createdAt: null,
  closesOn: null,
  ...more,
});
const bluefin = { id: "c1", name: "Bluefin Logistics", domain: "bluefin.example" };

describe("what a contract says", () => {
  it("is of the counterparty: not of the sender's people, nor of mail for everybody", () => {
    expect(evidence).toMatchObject({
      domains: ["bluefin.example"],
      emails: ["ana@bluefin.example", "somebody@gmail.com"],
      titleWords: ["fleet", "tracking"],
      senderEmail: "tobias@northgate.example",
    });
  });

  it("may be nothing", () => {
    const mute = { ...contract, title: "New agreement", amount: null, recipients: [] };
    expect(isTelling(evidenceOf(mute, settings))).toBe(false);
    expect(isTelling(evidence)).toBe(true);
  });

  it("has the same digest for the same, in whatever order", () => {
    const turned = evidenceOf(
      { ...contract, recipients: contract.recipients.toReversed() },
      settings,
    );
    expect(evidenceDigest(turned, ["b", "a"])).toBe(evidenceDigest(evidence, ["a", "b"]));
    expect(evidenceDigest(evidence, [])).not.toBe(evidenceDigest(evidence, ["a"]));
  });
});

it.each([
  ["ana@eu.bluefin.example", "eu.bluefin.example"],
  ["ANA@BLUEFIN.EXAMPLE ", "bluefin.example"],
  ["ana@gmail.com", null],
  ["ana", null],
  ["@", null],
  [null, null],
])("the company of %s is %s", (email, domain) => {
  expect(companyDomain(email, new Set())).toBe(domain);
});

it.each([
  ["https://www.Bluefin.example/about?x=1", "bluefin.example"],
  ["bluefin.example", "bluefin.example"],
  ["n/a", null],
  [null, null],
])("the domain of the website %s is %s", (website, domain) => {
  expect(domainOfWebsite(website)).toBe(domain);
});

it("words that tell are neither common nor short, and have no accents", () => {
  expect(tellingWords("Agreement for Café Ørsted Inc. No. 7: Café")).toEqual(["cafe", "ørsted"]);
});

const best = (deals: CandidateDeal[], learnt: Parameters<typeof scoreCandidates>[2] = []) =>
  chooseCandidate(scoreCandidates(evidence, deals, learnt), settings, true);

describe("scoring", () => {
  it("is certain of an account's only deal of that amount, and says why", () => {
    const deals = [
      deal("1", { account: bluefin, amount: 126_500 }),
      deal("2", { account: bluefin, amount: 9_000 }),
    ];
    expect(best(deals)).toEqual({
      is: "certain",
      candidate: {
        recordId: "1",
        score: 0.775,
        knowsWho: true,
        reasons: [
          "a signer's address is at bluefin.example, as its account's",
          "the amounts are equal",
        ],
      },
    });
  });

  it("leaves to a person what may not be all that there is", () => {
    const scored = scoreCandidates(evidence, [deal("1", { account: bluefin, amount: 126_500 })]);
    expect(chooseCandidate(scored, settings, true)).toMatchObject({ is: "certain" });
    expect(chooseCandidate(scored, settings, false)).toEqual({ is: "unsure", candidates: scored });
  });

  it("leaves twins to a person", () => {
    const twin = { account: bluefin, amount: 126_500 };
    expect(best([deal("1", twin), deal("2", twin)])).toMatchObject({
      is: "unsure",
      candidates: [{ recordId: "1" }, { recordId: "2" }],
    });
  });

  it("is never certain without knowing who, however much else fits", () => {
    const alike = deal("1", {
      name: "Fleet tracking",
      amount: 126_500,
      ownerEmail: "tobias@northgate.example",
      createdAt: "2026-10-01T00:00:00Z",
      closesOn: "2026-12-04",
    });
    expect(scoreCandidates(evidence, [alike])[0]?.score).toBeGreaterThan(0.75);
    expect(best([alike])).toMatchObject({ is: "unsure", candidates: [{ recordId: "1" }] });
  });

  it("believes what a person chose for the same counterparty", () => {
    const holding = { id: "c9", name: "Bluefin Holding", domain: null };
    const learnt = [{ domain: "bluefin.example", accountId: "c9", accountName: "Bluefin Holding" }];
    expect(best([deal("7", { account: holding })], learnt)).toMatchObject({
      is: "certain",
      candidate: {
        recordId: "7",
        reasons: ["Bluefin Holding was chosen before for bluefin.example"],
      },
    });
    expect(best([deal("7", { account: holding })])).toEqual({ is: "unsure", candidates: [] });
  });

  it("counts no amount of another currency", () => {
    const other = deal("1", { account: bluefin, amount: 126_500, currency: "EUR" });
    expect(best([other])).toMatchObject({ is: "unsure" });
  });

  it("shows three at most, and none that nothing speaks for", () => {
    const deals = ["1", "2", "3", "4"].map((id) => deal(id, { account: bluefin }));
    expect(best([...deals, deal("5")])).toMatchObject({
      is: "unsure",
      candidates: [{ recordId: "1" }, { recordId: "2" }, { recordId: "3" }],
    });
  });

  const word = fc.constantFrom("fleet", "tracking", "port", "renewal");
  const someDeal = fc.record({
    recordId: fc.stringMatching(/^[1-9]{1,3}$/),
    name: fc.option(fc.array(word).map((words) => words.join(" "))),
    account: fc.option(
      fc.constantFrom(bluefin, { id: "c2", name: "Port", domain: "port.example" }),
    ),
    contactEmails: fc.array(fc.constantFrom("ana@bluefin.example", "x@port.example"), {
      maxLength: 2,
    }),
    amount: fc.option(fc.constantFrom(126_500, 1)),
    currency: fc.option(fc.constantFrom("USD", "EUR")),
    ownerEmail: fc.option(fc.constantFrom("tobias@northgate.example", "x@y.example")),
    createdAt: fc.option(fc.constantFrom("2026-10-01T00:00:00Z", "2027-10-01T00:00:00Z")),
    closesOn: fc.option(fc.constantFrom("2026-12-04", "2020-01-01")),
  });
  const deals = fc.uniqueArray(someDeal, { selector: ({ recordId }) => recordId, maxLength: 6 });

  it("does not care about the order of the deals, and stays between 0 and 1", () => {
    fc.assert(
      fc.property(deals, (some) => {
        const scored = scoreCandidates(evidence, some);
        expect(scoreCandidates(evidence, some.toReversed())).toEqual(scored);
        for (const { score } of scored) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThan(1);
        }
      }),
    );
  });

  it("never thinks less of a deal because more speaks for it", () => {
    const fuller = {
      account: bluefin,
      amount: 126_500,
      currency: null,
      contactEmails: ["ana@bluefin.example"],
      ownerEmail: "tobias@northgate.example",
    };
    fc.assert(
      fc.property(someDeal, (one) => {
        const [before] = scoreCandidates(evidence, [one]);
        const [after] = scoreCandidates(evidence, [{ ...one, ...fuller }]);
        expect(after?.score).toBeGreaterThanOrEqual(before?.score ?? 0);
      }),
    );
  });

  it("a deal that comes to the others never makes another one certain", () => {
    fc.assert(
      fc.property(deals, someDeal, (some, more) => {
        fc.pre(some.every(({ recordId }) => recordId !== more.recordId));
        const before = best(some);
        const after = best([...some, more]);
        fc.pre(after.is === "certain" && after.candidate.recordId !== more.recordId);
        expect(before).toEqual(after);
      }),
    );
  });
});

describe("which deal is the contract's", () => {
  const crm = {
    id: "hubspot" as const,
    linkField: "hubspot_deal_id",
    recordIds: { pattern: /^\d+$/, looks: "a number" },
  };
  const about = { contractId: "c", destination: "hubspot" };
  const tie = (foundBy: "custom-field" | "rule" | "person", recordId: string) => ({
    ...about,
    recordId,
    foundBy,
    certainty: 1,
    detail: foundBy,
  });
  const removed = (recordId: string) => ({ ...about, recordId, detail: "Mara" });
  const resolve = (
    named: string | null,
    links: ReturnType<typeof tie>[],
    gone: ReturnType<typeof removed>[] = [],
    written: string[] = [],
  ) => {
    const fields: Record<string, string> = named === null ? {} : { hubspot_deal_id: named };
    const resolved = resolveLink({ fields }, crm, { links, removed: gone }, written);
    return resolved.kind === "linked"
      ? `${resolved.link.recordId} ${resolved.link.foundBy}`
      : `${resolved.code} ${resolved.mayMatch}`;
  };

  it.each([
    ["a person's choice outweighs the field", resolve("1", [tie("person", "2")]), "2 person"],
    ["the field outweighs a rule", resolve("1", [tie("rule", "2")]), "1 custom-field"],
    ["our own word does not outweigh the rule", resolve("2", [tie("rule", "2")]), "2 rule"],
    [
      "our own old word is no news",
      resolve("2", [], [removed("1")], ["2"]),
      "unlinked-by-person false",
    ],
    ["our own word is a word where nobody objects", resolve("2", [], [], ["2"]), "2 custom-field"],
    ["a rule's match stays", resolve(null, [tie("rule", "2")]), "2 rule"],
    [
      "a field that is gone ties no more",
      resolve(null, [tie("custom-field", "2")]),
      "no-link true",
    ],
    ["nothing says anything", resolve(null, []), "no-link true"],
    ["a field that is no id is to be mended", resolve("x", []), "bad-link false"],
    [
      "what was taken away stays away",
      resolve("1", [], [removed("1")]),
      "unlinked-by-person false",
    ],
    ["also from rules", resolve(null, [], [removed("1")]), "unlinked-by-person false"],
    ["another deal in the field is news", resolve("2", [], [removed("1")]), "2 custom-field"],
    [
      "another CRM's tie is none",
      resolve(null, [{ ...tie("person", "2"), destination: "salesforce" }]),
      "no-link true",
    ],
  ])("%s", (_what, resolved, expected) => {
    expect(resolved).toBe(expected);
  });
});

it("amounts of nothing are equal to nothing", () => {
  const free: Evidence = { ...evidence, amount: 0 };
  expect(scoreCandidates(free, [deal("1", { amount: 0 })])[0]?.score).toBe(0);
});
