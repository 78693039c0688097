import { gather } from "@countersign/store";
import type { z } from "zod";
import type {
  CandidateDeal,
  CandidateQuery,
  Candidates,
  CandidateSearch,
} from "../../matching/candidate-deal.ts";
import type { Calls } from "../calls.ts";
import { createPace } from "../pace.ts";
import { searchTogether, type Found } from "../search-together.ts";
import type { HubspotClient } from "./client.ts";
import { wrongField } from "./errors.ts";
import type { Owners } from "./owners.ts";
import { paths, type ObjectType } from "./paths.ts";
import { BatchAnswer, DealAnswer, SearchAnswer } from "./schema.ts";
import { whereAllowed } from "./unless-withheld.ts";

/** HubSpot takes five searches a second for an account (usage guidelines), of all its apps: we take three. */
const betweenSearches = 340;

/** Values of an IN filter, groups of filters, and results: a page holds no more. */
const largest = 100;
const mostGroups = 5;
const mostFound = 200;

/**
 * A search's body may hold 3,000 characters (developers.hubspot.com, "Search the CRM"): so much of values, or the ids of
 * so many companies, of twenty digits at most, beside an amount and three words that are not longer.
 */
const weight = { of: (value: string) => JSON.stringify(value).length + 1, most: 2_500 };
const mostCompanies = 60;
const longestWord = 100;

const nothing: Found<never> = { rows: [], complete: true };

const dealProperties = [
  "dealname",
  "amount",
  "deal_currency_code",
  "hubspot_owner_id",
  "createdate",
  "closedate",
  "hs_primary_associated_company",
];

type Row = z.infer<typeof DealAnswer>;
type Filter = { propertyName: string; operator: string; value?: string; values?: string[] };

/**
 * Looks for open deals by their company's domain, their company's contacts, amount and words of their name.
 * What many contracts ask of companies and contacts at the same time goes out as one search. HubSpot's index
 * lags behind by seconds: a deal that was made just now may be missing. Without a scope for companies, contacts
 * or owners, deals are found by what is left; doctor says which is missing.
 */
export function hubspotSearch(
  client: HubspotClient,
  call: Calls,
  owners: () => Promise<Owners>,
): CandidateSearch {
  const inTurn = createPace(betweenSearches);

  async function search(
    type: ObjectType,
    groups: Filter[][],
    properties: string[],
  ): Promise<Found<Row>> {
    if (groups.length === 0) return nothing;
    await inTurn();
    const body = {
      filterGroups: groups.map((filters) => ({ filters })),
      properties,
      limit: mostFound,
      sorts: [],
    };
    const answer = await call(`search-${type}`, () =>
      client.send("POST", paths.search(type), SearchAnswer, body),
    );
    return { rows: answer.results, complete: answer.paging?.next === undefined };
  }

  const companiesAt = byValue("companies", "domain", ["name", "domain"]);
  const contactsWith = byValue("contacts", "email", ["email", "associatedcompanyid"]);
  const readCompanies = gather(
    async (ids: string[]) => {
      const inputs = [...new Set(ids)].map((id) => ({ id }));
      const body = { inputs, properties: ["name", "domain"], propertiesWithHistory: [] };
      const { results } = await call("read-companies", () =>
        client.send("POST", paths.readRecords("companies"), BatchAnswer, body),
      );
      const byId = new Map(results.map((company) => [company.id, company]));
      return ids.map((id) => ({ status: "fulfilled" as const, value: byId.get(id) ?? null }));
    },
    { atOnce: 1, largest },
  );

  /** The records whose property has the value, asked for together. */
  function byValue(type: "companies" | "contacts", propertyName: string, properties: string[]) {
    return searchTogether(
      {
        search: (values) =>
          whereAllowed(nothing, () =>
            search(type, [[{ propertyName, operator: "IN", values }]], properties),
          ),
        has: (one, value) => one.properties[propertyName]?.toLowerCase() === value,
        meansAll: wrongField,
      },
      { largest, weight },
    );
  }

  async function find(query: CandidateQuery): Promise<Candidates> {
    const [companies, contacts] = await Promise.all([
      Promise.all(query.domains.map(companiesAt)),
      Promise.all(query.emails.map(contactsWith)),
    ]);
    const people = contacts.flatMap(({ rows }) => rows);
    const companyIds = new Set([
      ...query.accountIds,
      ...companies.flatMap(({ rows }) => rows.map(({ id }) => id)),
      ...people.flatMap(({ properties }) => properties["associatedcompanyid"] ?? []),
    ]);
    const found = await dealsOf([...companyIds].slice(0, mostCompanies), query);
    const ownerEmails = await owners();
    const deals = await Promise.all(found.rows.map((deal) => describe(deal, people, ownerEmails)));
    const all = [...companies, ...contacts, found].every(({ complete }) => complete);
    return { deals, complete: all && companyIds.size <= mostCompanies };
  }

  /** Where so many fit that some are missing, at least the companies' are there: one search more, of few in a second. */
  async function dealsOf(companyIds: string[], query: CandidateQuery): Promise<Found<Row>> {
    const any = await search("deals", groupsOf(companyIds, query), dealProperties);
    if (any.complete) return any;
    const ofCompanies = groupsOf(companyIds, { amount: null, words: [] });
    const theirs = await search("deals", ofCompanies, dealProperties);
    const byId = new Map([...theirs.rows, ...any.rows].map((deal) => [deal.id, deal]));
    return { rows: [...byId.values()], complete: false };
  }

  async function describe(
    { id, properties }: Row,
    people: readonly Row[],
    ownerEmails: Owners,
  ): Promise<CandidateDeal> {
    const companyId = properties["hs_primary_associated_company"] || null;
    const amount = Number(properties["amount"] || Number.NaN);
    return {
      recordId: id,
      name: properties["dealname"] ?? null,
      account: companyId === null ? null : await accountNamed(companyId),
      contactEmails: companyId === null ? [] : emailsAt(companyId, people),
      amount: Number.isFinite(amount) ? amount : null,
      currency: properties["deal_currency_code"] ?? null,
      ownerEmail: ownerEmails?.get(properties["hubspot_owner_id"] ?? "") ?? null,
      createdAt: properties["createdate"] ?? null,
      closesOn: properties["closedate"] ?? null,
    };
  }

  async function accountNamed(id: string) {
    const company = await whereAllowed(null, () => readCompanies(id));
    const { name = null, domain = null } = company?.properties ?? {};
    return { id, name, domain: domain?.toLowerCase() ?? null };
  }

  return {
    find,
    async accountOf(recordId) {
      const asked = { properties: "hs_primary_associated_company" };
      const deal = await call("read-deal", () =>
        client.get(paths.record("deals", recordId), DealAnswer, asked),
      );
      const id = deal.properties["hs_primary_associated_company"] || null;
      return id === null ? null : accountNamed(id);
    },
  };
}

function emailsAt(companyId: string, people: readonly Row[]): string[] {
  return people
    .filter(({ properties }) => properties["associatedcompanyid"] === companyId)
    .flatMap(({ properties }) => properties["email"] ?? []);
}

/** The groups are alternatives. Only open deals are meant. */
function groupsOf(
  companyIds: string[],
  { amount, words }: Pick<CandidateQuery, "amount" | "words">,
): Filter[][] {
  const open: Filter = { propertyName: "hs_is_closed", operator: "EQ", value: "false" };
  const company = { propertyName: "hs_primary_associated_company", operator: "IN" };
  return [
    ...(companyIds.length > 0 ? [[open, { ...company, values: companyIds }]] : []),
    ...(amount === null
      ? []
      : [[open, { propertyName: "amount", operator: "EQ", value: String(amount) }]]),
    ...words
      .filter((word) => word.length <= longestWord)
      .map((word) => [open, { propertyName: "dealname", operator: "CONTAINS_TOKEN", value: word }]),
  ].slice(0, mostGroups);
}
