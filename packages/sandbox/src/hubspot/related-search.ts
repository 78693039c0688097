import type { Request } from "express";
import type { Answer } from "../crm-calls.ts";
import { invalid } from "./answers.ts";
import { invalidInput, type Account } from "./deal-endpoints.ts";
import type { RelatedRecord } from "./related.ts";
import { matches, searchSchema } from "./search-endpoint.ts";

/** `POST /crm/v3/objects/companies/search` and the same of contacts. A contact's primary company is one of its properties. */
export function searchRelated(kind: RelatedRecord["kind"]) {
  return ({ state }: Account, request: Request): Answer => {
    const parsed = searchSchema.safeParse(request.body);
    if (!parsed.success) return invalidInput(parsed.error);
    const { filterGroups, properties, limit, after } = parsed.data;
    const known = new Set([
      ...state.schemas[kind].properties.keys(),
      "associatedcompanyid",
      "hs_object_id",
    ]);
    const unknown = filterGroups
      .flatMap(({ filters }) => filters)
      .find(({ propertyName }) => !known.has(propertyName));
    if (unknown) return invalid(`Property "${unknown.propertyName}" does not exist`);
    const { records, contactsOf, companyOf } = state.related;
    const companies = new Map(
      [...contactsOf].flatMap(([dealId, ids]) => ids.map((id) => [id, companyOf.get(dealId)])),
    );
    const all = [...records.values()]
      .filter((record) => record.kind === kind)
      .map((record) => ({
        ...record,
        properties: { ...record.properties, associatedcompanyid: companies.get(record.id) ?? null },
      }));
    const found = all.filter((record) => {
      const values: Record<string, string | null> = record.properties;
      return filterGroups.some(({ filters }) =>
        filters.every((filter) => matches(values[filter.propertyName] ?? null, filter)),
      );
    });
    const end = Number(after) + limit;
    const results = found.slice(Number(after), end).map(({ id, properties: values, ...times }) => {
      const shown: Record<string, string | null> = values;
      const asked = properties.filter((name) => known.has(name));
      return {
        id,
        properties: Object.fromEntries(asked.map((name) => [name, shown[name] ?? null])),
        createdAt: times.createdAt,
        updatedAt: times.updatedAt,
        archived: false,
      };
    });
    const paging = end < found.length ? { paging: { next: { after: String(end) } } } : {};
    return { status: 200, body: { total: found.length, results, ...paging } };
  };
}
