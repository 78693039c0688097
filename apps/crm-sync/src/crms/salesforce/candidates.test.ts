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
    { status: "fulfilled", value: [{ recordId: "006A", contactEmails: ["ana@castor.example"] }] },
    { status: "rejected", reason: refused },
    { status: "fulfilled", value: [{ recordId: "006A", account: { id: "001A" } }] },
    { status: "fulfilled", value: [] },
  ]);
});
