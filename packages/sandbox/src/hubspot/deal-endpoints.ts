import type { Request } from "express";
import { z } from "zod";
import { pathValue, queryValue, queryValues, type Answer } from "../crm-calls.ts";
import { errorAnswer, invalid, refused } from "./answers.ts";
import type { PropertyValues } from "./check-properties.ts";
import {
  allProperties,
  createDeal,
  findDeal,
  isUniqueProperty,
  updateDeal,
  type Deal,
  type HubspotState,
} from "./state.ts";
import type { Journal } from "../crm-journal.ts";

/** What every endpoint works on. */
export type Account = { state: HubspotState; journal: Journal; now: () => Date };

/** Property values are strings on the wire (specs/hubspot, Deals_SimplePublicObjectInput). */
export const propertiesSchema = z.record(z.string(), z.string());
const inputSchema = z.object({ properties: propertiesSchema });

const alwaysShown = ["createdate", "hs_lastmodifieddate", "hs_object_id"];
const shownByDefault = ["amount", "closedate", "dealname", "dealstage", "pipeline"];

/** A deal in HubSpot's shape with the properties asked for; unknown names are left out, as HubSpot does. */
export function showDeal(state: HubspotState, deal: Deal, asked: readonly string[] = []) {
  const all = allProperties(deal, state.related);
  const names = asked.length > 0 ? asked : shownByDefault;
  const properties: PropertyValues = Object.fromEntries(
    [...names, ...alwaysShown]
      .filter((name) => state.schemas.deal.properties.has(name))
      .map((name) => [name, all[name] ?? null]),
  );
  const { id, createdAt, updatedAt } = deal;
  return { id, properties, createdAt, updatedAt, archived: false };
}

export function readDeal({ state }: Account, request: Request): Answer {
  const found = locate(state, request);
  if ("status" in found) return found;
  return { status: 200, body: showDeal(state, found.deal, queryValues(request, "properties")) };
}

export function patchDeal(account: Account, request: Request): Answer {
  const input = inputSchema.safeParse(request.body);
  if (!input.success) return invalidInput(input.error);
  const found = locate(account.state, request);
  if ("status" in found) return found;
  const { properties } = input.data;
  const written = updateDeal(writeOf(account), found.deal, properties);
  if (!written.ok) return refused(written.refusal);
  return { status: 200, body: showDeal(account.state, written.deal, Object.keys(properties)) };
}

export function postDeal(account: Account, request: Request): Answer {
  const input = inputSchema.safeParse(request.body);
  if (!input.success) return invalidInput(input.error);
  const written = createDeal(writeOf(account), input.data.properties);
  if (!written.ok) return refused(written.refusal);
  const asked = [...shownByDefault, ...Object.keys(input.data.properties)];
  return { status: 201, body: showDeal(account.state, written.deal, asked) };
}

/** Archives; HubSpot answers 204 also where there is no such deal. */
export function deleteDeal({ state }: Account, request: Request): Answer {
  state.deals.delete(pathValue(request, "dealId"));
  return { status: 204 };
}

export function writeOf({ state, journal, now }: Account) {
  return { state, journal, now: now(), by: "api" };
}

export function invalidInput(error: z.ZodError): Answer {
  const [issue] = error.issues;
  return invalid(`Invalid input JSON at ${issue?.path.join(".")}: ${issue?.message}`);
}

function locate(state: HubspotState, request: Request): { deal: Deal } | Answer {
  const id = pathValue(request, "dealId");
  const idProperty = queryValue(request, "idProperty");
  if (idProperty !== undefined && !isUniqueProperty(state, idProperty)) {
    return invalid(`${idProperty} is not a unique property.`);
  }
  const deal = findDeal(state, id, idProperty);
  if (deal !== undefined) return { deal };
  return errorAnswer(404, {
    category: "OBJECT_NOT_FOUND",
    message: "Object not found. objectId are usually numeric.",
    context: { id: [id] },
  });
}
