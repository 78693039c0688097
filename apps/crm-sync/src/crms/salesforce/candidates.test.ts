import { PermanentError } from "@countersign/store";
import { expect, it } from "vitest";
import type { CandidateQuery } from "../../matching/candidate-deal.ts";
import { salesforceSearch } from "./candidates.ts";
import type { SalesforceClient } from "./client.ts";

const refused = new PermanentError("MALFORMED_QUERY", "Salesforce refused.");
const refusing = () => Promise.reject(new Error("Nothing but queries is expected."));

type Rows = Record<"Account" | "OpportunityContactRole" | "Opportunity", object[]>;

/** Answers every query of an object with the same rows, as many as it asks for, and refuses those that name an odd value. */
function aSearch(rows: Partial<Rows>) {
  const queries: string[] = [];
  const client: SalesforceClient = {
    async get(_path, answer, { q = "" }) {
      queries.push(q);
      if (q.includes("odd")) throw refused;
      const [, object = "", limit] = /FROM (\w+) .* LIMIT (\d+)$/.exec(q) ?? [];
      const all = Object.entries(rows).find(([name]) => name === object)?.[1] ?? [];
      return answer.parse({ records: all.slice(0, Number(limit)), done: true });
    },
    patch: refusing,
    send: refusing,
    versions: refusing,
    userId: refusing,
    quota: () => null,
  };
  const search = salesforceSearch(client, (_operation, call) => call());
  const find = (query: Partial<CandidateQuery>) =>
    search.find({ domains: [], emails: [], accountIds: [], words: [], amount: null, ...query });
  return { queries, find };
}

const opportunity = (Id: string, AccountId: string | null = null) => ({
  Id,
  Name: "Fleet tracking",
  Amount: 1_200,
  CloseDate: null,
  CreatedDate: null,
  AccountId,
  Account: null,
  Owner: null,
});

it("is refused one value, and finds what the others of the group name", async () => {
  const { find } = aSearch({
    Account: [{ Id: "001A", Website: "https://www.bluefin.example" }],
    OpportunityContactRole: [{ OpportunityId: "006A", Contact: { Email: "ana@castor.example" } }],
    Opportunity: [opportunity("006A", "001A")],
  });
  const ends = await Promise.allSettled([
    find({ emails: ["odd@one.example"] }),
    find({ emails: ["ana@castor.example"] }),
    find({ domains: ["odd.example"] }),
    find({ domains: ["bluefin.example"] }),
    find({ emails: ["bea@castor.example"] }),
  ]);
  expect(ends).toMatchObject([
    { status: "rejected", reason: refused },
    {
      status: "fulfilled",
      value: { deals: [{ recordId: "006A", contactEmails: ["ana@castor.example"] }] },
    },
    { status: "rejected", reason: refused },
    { status: "fulfilled", value: { deals: [{ recordId: "006A", account: { id: "001A" } }] } },
    { status: "fulfilled", value: { deals: [], complete: true } },
  ]);
});

const many = <Row>(make: (index: number) => Row) =>
  Array.from({ length: 201 }, (_, index) => make(index));

it("says that there is more than it looks at, and looks at the known ones' deals all the same", async () => {
  const { queries, find } = aSearch({ Opportunity: many((index) => opportunity(`006${index}`)) });
  const found = await find({ accountIds: ["001A"], words: ["fleet"] });
  expect(found.complete).toBe(false);
  expect(new Set(found.deals.map(({ recordId }) => recordId)).size).toBe(found.deals.length);
  expect(queries).toEqual([
    expect.stringMatching(/AccountId IN \('001A'\) OR Name LIKE/),
    expect.stringMatching(/AND \(AccountId IN \('001A'\)\) LIMIT/),
  ]);
});

it.each<[string, Partial<Rows>, Partial<CandidateQuery>]>([
  [
    "accounts of a domain",
    { Account: many((index) => ({ Id: `001${index}`, Website: `${index}.example` })) },
    { domains: ["bluefin.example"] },
  ],
  [
    "deals of a contact",
    {
      OpportunityContactRole: many((index) => ({
        OpportunityId: `006${index % 20}`,
        Contact: { Email: "ana@bluefin.example" },
      })),
    },
    { emails: ["ana@bluefin.example"] },
  ],
  ["accounts", {}, { accountIds: Array.from({ length: 26 }, (_, index) => `001${index}`) }],
])("says that there are more %s than it looks at", async (_what, rows, query) => {
  expect(await aSearch(rows).find(query)).toMatchObject({ complete: false });
});

it("says nothing of the kind where it looks at all", async () => {
  const { find } = aSearch({ Opportunity: [opportunity("006A")] });
  expect(await find({ words: ["fleet"] })).toMatchObject({
    deals: [{ recordId: "006A" }],
    complete: true,
  });
});
