import { differences, type Journal } from "../crm-journal.ts";
import type { PropertyProblem, Refusal } from "./answers.ts";
import { checkProperties, stageFits, type PropertyValues } from "./check-properties.ts";
import { seedDeals } from "./deals.ts";
import { findStage, isWon } from "./pipelines.ts";
import { seedSchemas, type Schema, type SchemaKind } from "./properties.ts";
import { addRelated, seedRelated, type Related } from "./related.ts";
import { emptyTimeline, type Timeline } from "./timeline.ts";

export type Deal = {
  id: string;
  /** The associated company's name; none where it is empty. */
  company: string;
  properties: PropertyValues;
  createdAt: string;
  updatedAt: string;
};

export type Written = { ok: true; deal: Deal } | { ok: false; refusal: Refusal };

export type HubspotState = {
  deals: Map<string, Deal>;
  schemas: Record<SchemaKind, Schema>;
  related: Related;
  /** Ids of deals that were merged, and of what they became: the old ids still find it. */
  merged: Map<string, string>;
  /** Properties without which no deal may be in a closed stage. */
  requiredOnceClosed: Set<string>;
  /** Records that the API cannot write. */
  refusals: Map<string, Refusal>;
  /** Scopes that the token does not have. */
  withheld: Set<string>;
  timeline: Timeline;
};

export function seedState(now: Date): HubspotState {
  const createdAt = new Date(now.getTime() - 30 * 86_400_000).toISOString();
  return {
    deals: new Map(
      seedDeals.map(({ id, company, properties }) => [
        id,
        { id, company, properties: { ...properties }, createdAt, updatedAt: createdAt },
      ]),
    ),
    schemas: seedSchemas(),
    related: seedRelated(
      seedDeals.map(({ id, company }) => ({ dealId: id, company })),
      createdAt,
    ),
    merged: new Map(),
    requiredOnceClosed: new Set(),
    refusals: new Map(),
    withheld: new Set(),
    timeline: emptyTimeline(),
  };
}

/** By record id, or by a property whose values are unique. */
export function findDeal(state: HubspotState, id: string, idProperty?: string): Deal | undefined {
  if (idProperty === undefined || idProperty === "hs_object_id") {
    return state.deals.get(state.merged.get(id) ?? id);
  }
  return [...state.deals.values()].find(({ properties }) => properties[idProperty] === id);
}

export function isUniqueProperty(state: HubspotState, name: string): boolean {
  return (
    name === "hs_object_id" || state.schemas.deal.properties.get(name)?.hasUniqueValue === true
  );
}

/** Everything a deal answers with, also what HubSpot computes. */
export function allProperties(deal: Deal, related?: Related): PropertyValues {
  const stage = findStage(deal.properties["pipeline"], deal.properties["dealstage"] ?? "");
  return {
    ...deal.properties,
    hs_object_id: deal.id,
    createdate: deal.createdAt,
    hs_lastmodifieddate: deal.updatedAt,
    hs_is_closed: String(stage?.closed === true),
    hs_is_closed_won: String(stage !== undefined && isWon(stage)),
    hs_primary_associated_company: related?.companyOf.get(deal.id) ?? null,
  };
}

export type Write = { state: HubspotState; journal: Journal; now: Date; by: string };

export function updateDeal(write: Write, deal: Deal, given: Record<string, string>): Written {
  const refusal = write.by === "api" ? write.state.refusals.get(deal.id) : undefined;
  if (refusal !== undefined) return { ok: false, refusal };
  const verdict = judge(write.state, deal.id, deal.properties, given);
  if ("category" in verdict) return { ok: false, refusal: verdict };
  const changes = differences(deal.properties, verdict.values);
  const changed = Object.keys(changes).length > 0;
  const after: Deal = {
    ...deal,
    properties: { ...deal.properties, ...verdict.values },
    updatedAt: changed ? write.now.toISOString() : deal.updatedAt,
  };
  write.state.deals.set(deal.id, after);
  write.journal.record(deal.id, changes, write.by);
  return { ok: true, deal: after };
}

/** `company` is empty: a new deal is associated with nothing. */
export function createDeal(write: Write, given: Record<string, string>): Written {
  const verdict = judge(write.state, undefined, {}, { pipeline: "default", ...given });
  if ("category" in verdict) return { ok: false, refusal: verdict };
  const id = newId(write.state);
  const at = write.now.toISOString();
  const deal = { id, company: "", properties: verdict.values, createdAt: at, updatedAt: at };
  write.state.deals.set(id, deal);
  write.journal.record(id, differences({}, verdict.values), write.by);
  return { ok: true, deal };
}

export function newId(state: HubspotState): string {
  const highest = [...state.deals.keys()].reduce((high, id) => Math.max(high, Number(id)), 1000);
  return String(highest + 1);
}

/** Copies of an open deal under ids of their own. */
export function addDeals(state: HubspotState, count: number): string[] {
  const model = state.deals.get("1003");
  if (model === undefined) throw new Error("The deal that others are copied from is gone.");
  const first = Number(newId(state));
  const ids = Array.from({ length: count }, (_, index) => String(first + index));
  for (const id of ids) {
    const company = `Company of ${id}`;
    state.deals.set(id, { ...model, id, company, properties: { ...model.properties } });
    addRelated(state.related, { dealId: id, company }, model.createdAt);
  }
  return ids;
}

function judge(
  state: HubspotState,
  id: string | undefined,
  current: PropertyValues,
  given: Record<string, string>,
): Refusal | { values: PropertyValues } {
  const checked = checkProperties(given, current, state.schemas.deal.properties);
  if (!checked.ok) return { category: "VALIDATION_ERROR", problems: checked.problems };
  const after = { ...current, ...checked.values };
  if (!stageFits(after)) return missingStage;
  const lacking = lackingOnceClosed(state, after);
  if (lacking.length > 0) return { category: "VALIDATION_ERROR", problems: lacking };
  const taken = Object.entries(checked.values).find(
    ([name, value]) =>
      value !== null &&
      state.schemas.deal.properties.get(name)?.hasUniqueValue === true &&
      ![undefined, id].includes(findDeal(state, value, name)?.id),
  );
  if (taken === undefined) return { values: checked.values };
  return { category: "CONFLICT", message: `Another deal already has this value of ${taken[0]}.` };
}

/** What an admin has made conditionally required (developers.hubspot.com, "CRM API write validation"). */
function lackingOnceClosed(state: HubspotState, after: PropertyValues): PropertyProblem[] {
  const stage = findStage(after["pipeline"], after["dealstage"] ?? "");
  if (stage?.closed !== true) return [];
  return [...state.requiredOnceClosed]
    .filter((property) => (after[property] ?? null) === null)
    .map((property) => ({
      property,
      code: "REQUIRED_FIELD",
      message: `${property} is required in this stage.`,
    }));
}

const missingStage: Refusal = {
  category: "VALIDATION_ERROR",
  problems: [
    {
      property: "dealstage",
      code: "INVALID_OPTION",
      message: "dealstage must be a stage of the deal's pipeline.",
    },
  ],
};
