import type { Account } from "./account.ts";
import { ok, type Answer, type Asked, type Service } from "./answer.ts";

type Deal = { id: string; properties: Record<string, string>; updatedAt: string };
type Input = { id: string; properties?: Record<string, string> };

/** Whatever version of the dated API is asked for. */
const deals = /^\/crm\/objects\/[^/]+\/deals/;
const createdAt = "2026-01-12T09:00:00.000Z";

/**
 * Deals in HubSpot's shapes (developers.hubspot.com, CRM objects and pipelines). A deal is there as soon as
 * somebody asks for it, and is named as the contract that it belongs to.
 */
export function createHubspot(account: Account): Service {
  const known = new Map<string, Deal>();
  const dealOf = (id: string): Deal => {
    const deal = known.get(id) ?? newDeal(id);
    known.set(id, deal);
    return deal;
  };

  function update({ id, properties = {} }: Input): Deal {
    const deal = dealOf(id);
    for (const [name, value] of Object.entries(properties)) {
      account.changed(`${id} ${name} ${value}`);
      deal.properties[name] = value;
    }
    deal.updatedAt = new Date().toISOString();
    return deal;
  }

  function batch(operation: string, body: string, make: (input: Input) => Deal): Answer {
    const { inputs }: { inputs: Input[] } = JSON.parse(body);
    account.called(
      operation,
      inputs.map(({ id }) => id),
    );
    const at = new Date().toISOString();
    const results = inputs.map(make).map(show);
    return ok({ status: "COMPLETE", results, startedAt: at, completedAt: at });
  }

  /** Names of companies: a call that no contract is named in. */
  function companies(body: string): Answer {
    const { inputs }: { inputs: Input[] } = JSON.parse(body);
    account.called("names", []);
    const at = new Date().toISOString();
    const results = inputs.map(({ id }) =>
      show({ id, properties: { name: `Company ${id}` }, updatedAt: createdAt }),
    );
    return ok({ status: "COMPLETE", results, startedAt: at, completedAt: at });
  }

  function one(operation: string, id: string, make: (id: string) => Deal): Answer {
    account.called(operation, [id]);
    return ok(show(make(id)));
  }

  return ({ method, path, body }: Asked) => {
    if (path.startsWith("/crm/pipelines/")) return ok(pipelines);
    if (path.startsWith("/crm/properties/")) return ok(properties);
    if (path.startsWith("/crm/owners/")) return ok(owners);
    if (path.startsWith("/account-info/")) return ok(details);
    if (path.endsWith("/companies/batch/read")) return companies(body);
    if (!deals.test(path)) return { status: 404, body: { category: "OBJECT_NOT_FOUND" } };
    const rest = path.replace(deals, "");
    if (rest === "/batch/read") return batch("read", body, ({ id }) => dealOf(id));
    if (rest === "/batch/update") return batch("write", body, update);
    const id = rest.slice(1);
    if (method === "GET") return one("read", id, dealOf);
    return one("write", id, () => update({ id, ...JSON.parse(body) }));
  };
}

function newDeal(id: string): Deal {
  const properties = {
    pipeline: "default",
    dealstage: "appointmentscheduled",
    dealname: `Deal ${id}`,
    amount: "1000",
    hubspot_owner_id: "501",
    hs_primary_associated_company: `2${id}`,
  };
  return { id, properties, updatedAt: createdAt };
}

function show({ id, properties, updatedAt }: Deal) {
  return { id, properties, createdAt, updatedAt, archived: false };
}

/** Those that the bench's settings name, and Countersign's own, as an account has them once it was set up. */
const properties = {
  results: [
    { name: "countersign_contract_id", type: "string" },
    { name: "countersign_status", type: "string" },
    { name: "contract_status", type: "string" },
    { name: "contract_signed_date", type: "date" },
  ],
};

const owners = { results: [{ id: "501", email: "mara@example.com" }] };
const details = { portalId: 1, uiDomain: "app.hubspot.com", companyCurrency: "EUR" };

const pipelines = {
  results: [
    {
      id: "default",
      label: "Sales Pipeline",
      displayOrder: 0,
      archived: false,
      stages: [
        stage(0, "appointmentscheduled", "Appointment Scheduled", "0.2"),
        stage(1, "contractsent", "Contract Sent", "0.9"),
        stage(2, "closedwon", "Closed Won", "1.0"),
      ],
    },
  ],
};

function stage(displayOrder: number, id: string, label: string, probability: string) {
  const isClosed = String(probability === "1.0");
  return { id, label, displayOrder, archived: false, metadata: { isClosed, probability } };
}
