import type { Request } from "express";
import { z } from "zod";
import type { Answer } from "../crm-calls.ts";
import { invalid } from "./answers.ts";
import { invalidInput, showDeal, type Account } from "./deal-endpoints.ts";
import { allProperties } from "./state.ts";

const filterSchema = z.object({
  propertyName: z.string(),
  operator: z.string(),
  value: z.string().optional(),
  highValue: z.string().optional(),
  values: z.array(z.string()).optional(),
});
export type Filter = z.infer<typeof filterSchema>;

export const searchSchema = z.object({
  filterGroups: z.array(z.object({ filters: z.array(filterSchema).default([]) })).default([]),
  properties: z.array(z.string()).default([]),
  limit: z.int().min(1).max(200).default(10),
  after: z.string().regex(/^\d*$/u).default("0"),
});

/** Groups are or-ed, the filters of one group and-ed (developers.hubspot.com, CRM search). */
export function searchDeals({ state }: Account, request: Request): Answer {
  const parsed = searchSchema.safeParse(request.body);
  if (!parsed.success) return invalidInput(parsed.error);
  const { filterGroups, properties, limit, after } = parsed.data;
  const unknown = filterGroups
    .flatMap(({ filters }) => filters)
    .find(({ propertyName }) => !state.schemas.deal.properties.has(propertyName));
  if (unknown) return invalid(`Property "${unknown.propertyName}" does not exist`);
  const found = [...state.deals.values()].filter((deal) => {
    const all = allProperties(deal, state.related);
    const fits = (filter: Filter) => matches(all[filter.propertyName] ?? null, filter);
    return filterGroups.length === 0 || filterGroups.some(({ filters }) => filters.every(fits));
  });
  const end = Number(after) + limit;
  const page = found.slice(Number(after), end).map((deal) => showDeal(state, deal, properties));
  const paging = end < found.length ? { paging: { next: { after: String(end) } } } : {};
  return { status: 200, body: { total: found.length, results: page, ...paging } };
}

export function matches(value: string | null, filter: Filter): boolean {
  const wanted = filter.value ?? "";
  switch (filter.operator) {
    case "HAS_PROPERTY":
      return value !== null;
    case "NOT_HAS_PROPERTY":
      return value === null;
    case "EQ":
      return value === wanted;
    case "NEQ":
      return value !== wanted;
    case "IN":
      return value !== null && filter.values?.includes(value) === true;
    case "NOT_IN":
      return value === null || filter.values?.includes(value) !== true;
    case "CONTAINS_TOKEN":
      return value?.toLowerCase().includes(wanted.toLowerCase().replaceAll("*", "")) === true;
    default:
      return value !== null && inRange(value, filter);
  }
}

function inRange(value: string, { operator, value: wanted = "", highValue = "" }: Filter): boolean {
  switch (operator) {
    case "LT":
      return rank(value) < rank(wanted);
    case "LTE":
      return rank(value) <= rank(wanted);
    case "GT":
      return rank(value) > rank(wanted);
    case "GTE":
      return rank(value) >= rank(wanted);
    case "BETWEEN":
      return rank(value) >= rank(wanted) && rank(value) <= rank(highValue);
    default:
      return false;
  }
}

/** Numbers as they are, dates as milliseconds. */
function rank(value: string): number {
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Date.parse(value);
}
