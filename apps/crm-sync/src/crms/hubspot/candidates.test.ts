import { PermanentError } from "@countersign/store";
import { expect, it } from "vitest";
import type { CandidateQuery } from "../../matching/candidate-deal.ts";
import { chooseCandidate } from "../../matching/choose-candidate.ts";
import type { Evidence } from "../../matching/evidence.ts";
import { scoreCandidates } from "../../matching/score-candidates.ts";
import { hubspotSearch } from "./candidates.ts";
import type { HubspotClient } from "./client.ts";
import { paths } from "./paths.ts";

type Records = Record<string, Record<string, string | null>>;

const updatedAt = "2026-05-04T09:00:00.000Z";
const refused = new PermanentError("http-400", "HubSpot refused.");

/**
 * Answers every call about a kind with the same records, and refuses those that name an odd value. Of what names many,
 * there is more on a next page.
 */
function aSearch(records: { companies?: Records; contacts?: Records; deals?: Records }) {
  const bodies: string[] = [];
  const results = (all: Records = {}) =>
    Object.entries(all).map(([id, properties]) => ({ id, properties, updatedAt }));
  const answers: Record<string, unknown> = {
    [paths.search("companies")]: { results: results(records.companies) },
    [paths.readRecords("companies")]: { results: results(records.companies) },
    [paths.search("contacts")]: { results: results(records.contacts) },
    [paths.search("deals")]: { results: results(records.deals) },
  };
  const client: HubspotClient = {
    get: () => Promise.reject(new Error("Nothing is read.")),
    async send(_method, path, answer, body) {
      const text = JSON.stringify(body);
      bodies.push(text);
      if (text.includes("odd@")) throw refused;
      const more = text.includes("many") ? { paging: { next: { after: "200" } } } : {};
      return answer.parse(Object.assign({}, answers[path], more));
    },
    quota: () => null,
  };
  const search = hubspotSearch(
    client,
    (_operation, call) => call(),
    async () => undefined,
  );
  const find = (query: Partial<CandidateQuery>) =>
    search.find({ domains: [], emails: [], accountIds: [], words: [], amount: null, ...query });
  return { bodies, find };
}

const coaching: Evidence = {
  domains: [],
  emails: ["mia@gmail.com"],
  amount: 1_200,
  currency: "USD",
  title: "Coaching agreement",
  titleWords: ["coaching"],
  senderEmail: null,
  sentAt: null,
};

it("takes a signer without a company for no contact of a deal without one", async () => {
  const { find } = aSearch({
    contacts: { "1": { email: "mia@gmail.com", associatedcompanyid: null } },
    deals: {
      "777": { dealname: "Noah Berg", amount: "1200", hs_primary_associated_company: null },
    },
  });
  const { emails, amount, titleWords: words } = coaching;
  const { deals, complete } = await find({ emails, amount, words });
  expect(deals).toMatchObject([{ recordId: "777", account: null, contactEmails: [] }]);
  const settings = { certain: 0.75, margin: 0.15 };
  const choice = chooseCandidate(scoreCandidates(coaching, deals), settings, complete);
  expect(choice).toMatchObject({ is: "unsure", candidates: [{ recordId: "777" }] });
});

/** In a search's body (developers.hubspot.com, "Search the CRM", limits). */
const mostCharacters = 3_000;

it("asks for no more at once than a search's body may hold", async () => {
  const { bodies, find } = aSearch({});
  const emails = Array.from(
    { length: 100 },
    (_, index) => `${String(index).padStart(4, "0")}@a-long-company-name.example`,
  );
  expect(emails[0]).toHaveLength(32);
  await Promise.all(emails.map((email) => find({ emails: [email] })));
  const asked = bodies.flatMap((body) => body.match(/\d{4}@[\w.-]+/g) ?? []);
  expect(asked).toEqual(emails);
  for (const body of bodies) expect(body.length).toBeLessThanOrEqual(mostCharacters);
});

it("asks for the deals of many companies, and of long words, in such a body too", async () => {
  const { bodies, find } = aSearch({});
  const accountIds = Array.from({ length: 100 }, (_, index) => String(10 ** 19 + index * 10_000));
  const words = ["a", "b", "c"].map((letter) => letter.repeat(500));
  await find({ accountIds, words, amount: 1_000_000_000_000.25 });
  expect(bodies).toHaveLength(1);
  expect(bodies[0]?.length).toBeLessThanOrEqual(mostCharacters);
});

it("is refused one value, and finds what the others of the group name", async () => {
  const { find } = aSearch({
    contacts: { "1": { email: "ana@bluefin.example", associatedcompanyid: "21" } },
    companies: { "21": { name: "Bluefin" } },
    deals: { "1002": { dealname: "Fleet", hs_primary_associated_company: "21" } },
  });
  const emails = ["odd@one.example", "ana@bluefin.example", "bea@castor.example"];
  const ends = await Promise.allSettled(emails.map((email) => find({ emails: [email] })));
  expect(ends).toMatchObject([
    { status: "rejected", reason: refused },
    {
      status: "fulfilled",
      value: { deals: [{ recordId: "1002", contactEmails: ["ana@bluefin.example"] }] },
    },
    { status: "fulfilled", value: { deals: [], complete: true } },
  ]);
});

it("says that there is more than it looks at, and looks at the companies' deals all the same", async () => {
  const { bodies, find } = aSearch({ companies: { "21": { name: "Bluefin" } } });
  expect(await find({ accountIds: ["21"], words: ["fleet"] })).toEqual({
    deals: [],
    complete: true,
  });
  expect(bodies).toHaveLength(1);
  expect(await find({ accountIds: ["21"], words: ["many"] })).toMatchObject({ complete: false });
  expect(bodies).toHaveLength(3);
  expect(bodies[2]).toMatch(/"21"/);
  expect(bodies[2]).not.toMatch(/many/);
});

it.each<[string, Partial<CandidateQuery>]>([
  ["companies of a domain", { domains: ["many.example"] }],
  ["contacts of an address", { emails: ["many@gmail.com"] }],
  ["companies", { accountIds: Array.from({ length: 61 }, (_, index) => String(index)) }],
])("says that there are more %s than it looks at", async (_what, query) => {
  const { find } = aSearch({});
  expect(await find(query)).toMatchObject({ complete: false });
});
