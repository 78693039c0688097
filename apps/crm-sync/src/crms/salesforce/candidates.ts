import type {
  CandidateDeal,
  CandidateQuery,
  CandidateSearch,
} from "../../matching/candidate-deal.ts";
import { domainOfWebsite } from "../../matching/domains.ts";
import type { Calls } from "../calls.ts";
import { createPace } from "../pace.ts";
import { searchTogether } from "../search-together.ts";
import type { SalesforceClient } from "./client.ts";
import { unfit } from "./errors.ts";
import { AccountOfAnswer, AccountsAnswer, CandidatesAnswer, RolesAnswer } from "./schema.ts";

/** So that a query stays well below what an address may hold. */
const largest = 25;
const mostDeals = 50;

/** Queries for what many ask begin that far apart, so that those who come meanwhile go together. Milliseconds. */
const betweenQueries = 100;

/**
 * Looks for open Opportunities by their account's website, their contacts, amount and words of their name.
 * What many contracts ask of accounts and contacts at the same time goes out as one query.
 */
export function salesforceSearch(client: SalesforceClient, call: Calls): CandidateSearch {
  const inTurn = createPace(betweenQueries);
  const accountsAt = searchTogether(
    {
      async search(domains) {
        await inTurn();
        const like = domains.map((domain) => `Website LIKE ${anywhere(domain)}`);
        const { records } = await call("search-accounts", () =>
          client.get("/query", AccountsAnswer, {
            q: `SELECT Id, Website FROM Account WHERE (${like.join(" OR ")}) LIMIT 200`,
          }),
        );
        return records;
      },
      has: ({ Website }, domain) => domainOfWebsite(Website) === domain,
      meansAll: unfit,
    },
    { largest },
  );
  const dealsOf = searchTogether(
    {
      async search(emails) {
        await inTurn();
        const { records } = await call("search-contacts", () =>
          client.get("/query", RolesAnswer, {
            q: `SELECT OpportunityId, Contact.Email FROM OpportunityContactRole WHERE Contact.Email IN (${list(emails)}) LIMIT 200`,
          }),
        );
        return records;
      },
      has: ({ Contact }, email) => Contact?.Email?.toLowerCase() === email,
      meansAll: unfit,
    },
    { largest },
  );

  async function find(query: CandidateQuery): Promise<CandidateDeal[]> {
    const [accounts, roles] = await Promise.all([
      Promise.all(query.domains.map(accountsAt)),
      Promise.all(query.emails.map(dealsOf)),
    ]);
    const known = roles.flat();
    const accountIds = [...query.accountIds, ...accounts.flat().map(({ Id }) => Id)];
    const conditions = conditionsOf(
      [...new Set(accountIds)].slice(0, largest),
      [...new Set(known.map(({ OpportunityId }) => OpportunityId))].slice(0, largest),
      query,
    );
    if (conditions.length === 0) return [];
    const { records } = await call("search-deals", () =>
      client.get("/query", CandidatesAnswer, {
        q: `SELECT ${asked} FROM Opportunity WHERE IsClosed = false AND (${conditions.join(" OR ")}) LIMIT ${mostDeals}`,
      }),
    );
    return records.map((record) => ({
      recordId: record.Id,
      name: record.Name,
      account:
        record.AccountId === null
          ? null
          : {
              id: record.AccountId,
              name: record.Account?.Name ?? null,
              domain: domainOfWebsite(record.Account?.Website ?? null),
            },
      contactEmails: known
        .filter(({ OpportunityId }) => OpportunityId === record.Id)
        .flatMap(({ Contact }) => Contact?.Email ?? []),
      amount: record.Amount,
      currency: null,
      ownerEmail: record.Owner?.Email ?? null,
      createdAt: record.CreatedDate,
      closesOn: record.CloseDate,
    }));
  }

  return {
    find,
    async accountOf(recordId) {
      const { records } = await call("read-account", () =>
        client.get("/query", AccountOfAnswer, {
          q: `SELECT AccountId, Account.Name FROM Opportunity WHERE Id = ${quoted(recordId)}`,
        }),
      );
      const [record] = records;
      if (record === undefined || record.AccountId === null) return null;
      return { id: record.AccountId, name: record.Account?.Name ?? null };
    },
  };
}

const asked =
  "Id, Name, Amount, CloseDate, CreatedDate, AccountId, Account.Name, Account.Website, Owner.Email";

function conditionsOf(
  accountIds: readonly string[],
  recordIds: readonly string[],
  { amount, words }: CandidateQuery,
): string[] {
  return [
    ...(accountIds.length > 0 ? [`AccountId IN (${list(accountIds)})`] : []),
    ...(recordIds.length > 0 ? [`Id IN (${list(recordIds)})`] : []),
    ...(amount === null ? [] : [`Amount = ${amount}`]),
    ...words.map((word) => `Name LIKE ${anywhere(word)}`),
  ];
}

function list(values: readonly string[]): string {
  return [...new Set(values)].map(quoted).join(", ");
}

/** developer.salesforce.com, SOQL, "Quoted String Escape Sequences". What comes from a contract is foreign. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\'"]/g, "\\$&")}'`;
}

/** Anywhere in the text. There, two signs more have a meaning. */
function anywhere(text: string): string {
  return quoted(`%${text}%`).replaceAll(/(?<!^')%(?!'$)|_/g, "\\$&");
}
