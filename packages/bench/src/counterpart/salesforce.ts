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

  function readMany(ids: string[]): Answer {
    account.called("read", ids.map(contractOf));
    return ok(ids.map(recordOf).map(show));
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
    if (resource === "/query") return ok(stagesAnswer);
    if (resource === "/composite/sobjects") return writeMany(body);
    if (resource === "/composite/sobjects/Opportunity") {
      return readMany(method === "GET" ? (query.get("ids")?.split(",") ?? []) : idsIn(body));
    }
    const id = /^\/sobjects\/Opportunity\/(\w+)$/.exec(resource)?.[1];
    if (id !== undefined) return single(method, id, body);
    return { status: 404, body: [{ errorCode: "NOT_FOUND", message: "no such resource" }] };
  };
}

type Update = { id: string; attributes?: unknown; [field: string]: unknown };

function idsIn(body: string): string[] {
  const { ids }: { ids: string[] } = JSON.parse(body);
  return ids;
}

/** `006`, the contract's number, `AAA`. */
function contractOf(id: string): string {
  return id.slice(3, 15);
}

function newOpportunity(id: string): Opportunity {
  return { Id: id, StageName: "Prospecting", LastModifiedDate: "2026-01-12T09:00:00.000+0000" };
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
