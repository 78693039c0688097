import type { Account } from "./account.ts";
import { ok, type Answer, type Asked, type Service } from "./answer.ts";

type Opportunity = {
  Id: string;
  StageName: string;
  LastModifiedDate: string;
  [field: string]: unknown;
};

const data = /^\/services\/data\/v\d+\.0/;

/**
 * Opportunities in Salesforce's shapes (developer.salesforce.com, REST API: sObject rows and collections).
 * An Opportunity is there as soon as somebody asks for it. `url` is where this service is.
 */
export function createSalesforce(account: Account, url: string): Service {
  const known = new Map<string, Opportunity>();
  const recordOf = (id: string): Opportunity => {
    const record = known.get(id) ?? newOpportunity(id);
    known.set(id, record);
    return record;
  };

  function update({ id, attributes: _type, ...fields }: Update) {
    const record = recordOf(id);
    for (const [name, value] of Object.entries(fields)) {
      account.changed(`${id} ${name} ${String(value)}`);
      record[name] = value;
    }
    record.LastModifiedDate = salesforceTime(new Date());
    return { id, success: true, errors: [] };
  }

  /** The stages, or the Opportunities whose ids the query names. */
  function runQuery(soql: string): Answer {
    if (soql.includes("FROM OpportunityStage")) return ok(stagesAnswer);
    const ids = [...soql.matchAll(/'(\w+)'/g)].map(([, id = ""]) => id);
    account.called("read", ids.map(contractOf));
    const records = ids.map(recordOf).map(show);
    return ok({ totalSize: records.length, done: true, records });
  }

  function writeMany(body: string): Answer {
    const { records }: { records: Update[] } = JSON.parse(body);
    account.called(
      "write",
      records.map(({ id }) => contractOf(id)),
    );
    return ok(records.map(update));
  }

  function single(method: string, id: string, body: string): Answer {
    account.called(method === "GET" ? "read" : "write", [contractOf(id)]);
    if (method === "GET") return ok(show(recordOf(id)));
    update({ ...JSON.parse(body), id });
    return { status: 204, body: undefined };
  }

  return ({ method, path, query, body }: Asked) => {
    if (path === "/services/oauth2/token") return ok(token(url));
    const resource = path.replace(data, "");
    if (resource === "/query") return runQuery(query.get("q") ?? "");
    if (path === "/services/data") return ok(versions);
    if (resource === "/sobjects/Opportunity/describe") return ok(opportunity);
    if (resource === "/sobjects/Account/describe") return ok(accountDescribed);
    if (resource === "/composite/sobjects") return writeMany(body);
    const id = /^\/sobjects\/Opportunity\/(\w+)$/.exec(resource)?.[1];
    if (id !== undefined) return single(method, id, body);
    return { status: 404, body: [{ errorCode: "NOT_FOUND", message: "no such resource" }] };
  };
}

type Update = { id: string; attributes?: unknown; [field: string]: unknown };

/** `006`, the contract's number, `AAA`. */
function contractOf(id: string): string {
  return id.slice(3, 15);
}

function newOpportunity(id: string): Opportunity {
  return {
    Id: id,
    Name: `Opportunity ${id}`,
    Amount: 1000,
    StageName: "Prospecting",
    LastModifiedDate: "2026-01-12T09:00:00.000+0000",
    Account: { Id: `001${contractOf(id)}AAA`, Name: `Account ${id}` },
    Owner: { Email: "mara@example.com" },
  };
}

function show(record: Opportunity) {
  const closed = record.StageName.startsWith("Closed");
  const attributes = { type: "Opportunity" };
  return { attributes, ...record, IsClosed: closed, IsWon: record.StageName === "Closed Won" };
}

function salesforceTime(at: Date): string {
  return at.toISOString().replace("Z", "+0000");
}

function token(url: string) {
  return {
    access_token: "bench",
    instance_url: url,
    id: `${url}/id/00D000000000001AAA/005000000000001AAA`,
    token_type: "Bearer",
  };
}

const versions = Array.from({ length: 40 }, (_, index) => ({ version: `${50 + index}.0` }));

/** Read for the names of accounts, and not written. */
const accountDescribed = { updateable: true, fields: [] };

/** With the fields that the bench's settings name, and Countersign's own. */
const opportunity = {
  updateable: true,
  fields: [
    { name: "Countersign_Contract_Id__c", type: "string", updateable: true },
    { name: "Countersign_Status__c", type: "string", updateable: true },
    { name: "StageName", type: "picklist", updateable: true },
    { name: "Contract_Status__c", type: "string", updateable: true },
    { name: "Contract_Signed_Date__c", type: "date", updateable: true },
  ],
};

const stagesAnswer = {
  totalSize: 4,
  done: true,
  records: ["Prospecting", "Proposal/Price Quote", "Negotiation/Review", "Closed Won"].map(
    (name, index) => ({
      ApiName: name,
      MasterLabel: name,
      SortOrder: index + 1,
      IsActive: true,
      IsClosed: name === "Closed Won",
      IsWon: name === "Closed Won",
    }),
  ),
};
