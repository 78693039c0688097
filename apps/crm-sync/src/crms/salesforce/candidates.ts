import type {
  CandidateDeal,
  CandidateQuery,
  Candidates,
  CandidateSearch,
} from "../../matching/candidate-deal.ts";
import { domainOfWebsite } from "../../matching/domains.ts";
import type { z } from "zod";
import type { Calls } from "../calls.ts";
import { createPace } from "../pace.ts";
import { searchTogether, type Found } from "../search-together.ts";
import type { SalesforceClient } from "./client.ts";
import { unfit } from "./errors.ts";
import { AccountOfAnswer, AccountsAnswer, CandidatesAnswer, RolesAnswer } from "./schema.ts";

/** So that a query stays well below what an address may hold. */
const largest = 25;

/** Records that are looked at. A query asks for one more, which says that there are more. */
const mostFound = 200;

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
        const answer = await call("search-accounts", () =>
          client.get("/query", AccountsAnswer, {
            q: `SELECT Id, Website FROM Account WHERE (${like.join(" OR ")}) LIMIT ${mostFound + 1}`,
          }),
        );
        return foundIn(answer);
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
        const answer = await call("search-contacts", () =>
          client.get("/query", RolesAnswer, {
            q: `SELECT OpportunityId, Contact.Email FROM OpportunityContactRole WHERE Opportunity.IsClosed = false AND Contact.Email IN (${list(emails)}) LIMIT ${mostFound + 1}`,
          }),
        );
        return foundIn(answer);
      },
      has: ({ Contact }, email) => Contact?.Email?.toLowerCase() === email,
      meansAll: unfit,
    },
    { largest },
  );

  async function find(query: CandidateQuery): Promise<Candidates> {
    const [accounts, roles] = await Promise.all([
      Promise.all(query.domains.map(accountsAt)),
      Promise.all(query.emails.map(dealsOf)),
    ]);
    const known = roles.flatMap(({ rows }) => rows);
    const ofAccounts = accounts.flatMap(({ rows }) => rows.map(({ Id }) => Id));
    const accountIds = new Set([...query.accountIds, ...ofAccounts]);
    const recordIds = new Set(known.map(({ OpportunityId }) => OpportunityId));
    const found = await openDeals(
      ofKnown([...accountIds].slice(0, largest), [...recordIds].slice(0, largest)),
      alike(query),
    );
    const all = [...accounts, ...roles, found].every(({ complete }) => complete);
    return {
      deals: found.rows.map((record) => describe(record, known)),
      complete: all && Math.max(accountIds.size, recordIds.size) <= largest,
    };
  }

  /** Where so many fit that some are missing, at least those of known accounts and contacts are there. */
  async function openDeals(known: string[], others: string[]): Promise<Found<Opportunity>> {
    const any = await search([...known, ...others]);
    if (any.complete) return any;
    const theirs = await search(known);
    const byId = new Map([...theirs.rows, ...any.rows].map((deal) => [deal.Id, deal]));
    return { rows: [...byId.values()], complete: false };
  }

  async function search(conditions: string[]): Promise<Found<Opportunity>> {
    if (conditions.length === 0) return { rows: [], complete: true };
    const answer = await call("search-deals", () =>
      client.get("/query", CandidatesAnswer, {
        q: `SELECT ${asked} FROM Opportunity WHERE IsClosed = false AND (${conditions.join(" OR ")}) LIMIT ${mostFound + 1}`,
      }),
    );
    return foundIn(answer);
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

type Opportunity = z.infer<typeof CandidatesAnswer>["records"][number];
type Role = z.infer<typeof RolesAnswer>["records"][number];

function foundIn<Row>({ records, done }: { records: Row[]; done: boolean }): Found<Row> {
  return { rows: records.slice(0, mostFound), complete: done && records.length <= mostFound };
}

function describe(record: Opportunity, roles: readonly Role[]): CandidateDeal {
  return {
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
    contactEmails: roles
      .filter(({ OpportunityId }) => OpportunityId === record.Id)
      .flatMap(({ Contact }) => Contact?.Email ?? []),
    amount: record.Amount,
    currency: null,
    ownerEmail: record.Owner?.Email ?? null,
    createdAt: record.CreatedDate,
    closesOn: record.CloseDate,
  };
}

/** What deals of known accounts and contacts fit. */
function ofKnown(accountIds: readonly string[], recordIds: readonly string[]): string[] {
  return [
    ...(accountIds.length > 0 ? [`AccountId IN (${list(accountIds)})`] : []),
    ...(recordIds.length > 0 ? [`Id IN (${list(recordIds)})`] : []),
  ];
}

/** What anybody's deals fit. */
function alike({ amount, words }: CandidateQuery): string[] {
  return [
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
