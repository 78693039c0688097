import type { Request } from "express";
import { queryValue, type Answer } from "../crm-calls.ts";
import type { FieldValue } from "../crm-fake.ts";
import type { Fields } from "../crm-journal.ts";
import { refusal, refused } from "./answers.ts";
import { recordUrl, type Org } from "./record-endpoints.ts";
import { needsFilter } from "./content-tables.ts";
import { parseSoql, type Condition, type Query } from "./soql.ts";
import { tables, type Table } from "./tables.ts";

export function runQuery(org: Org, request: Request): Answer {
  const parsed = parseSoql(queryValue(request, "q") ?? "");
  if (!parsed.ok) return refused(refusal(400, "MALFORMED_QUERY", parsed.message));
  const { query } = parsed;
  const table = tables[query.object];
  if (table === undefined || table.fields(org.state).length === 0) {
    const message = `sObject type '${query.object}' is not supported.`;
    return refused(refusal(400, "INVALID_TYPE", message));
  }
  const unknown =
    usedFields(query).find((path) => !isKnown(org, table, path)) ??
    query.children.flatMap((child) => unknownIn(org, table, child))[0];
  if (unknown !== undefined) {
    const message = `No such column '${unknown}' on entity '${query.object}'.`;
    return refused(refusal(400, "INVALID_FIELD", message));
  }
  const filters = needsFilter[query.object] ?? [];
  const isFiltered = query.where.some((one) => !Array.isArray(one) && filters.includes(one.field));
  if (filters.length > 0 && !isFiltered) {
    const message = `Implementation restriction: ${query.object} requires a filter by a single Id on ${filters.join(" or ")} using the equals operator or multiple Id's using the IN operator.`;
    return refused(refusal(400, "MALFORMED_QUERY", message));
  }
  const found = select(org, table, query);
  const records = found.map((row) => show(org, request, query, row));
  return { status: 200, body: { totalSize: records.length, done: true, records } };
}

function usedFields({ fields, where, orderBy }: Query): string[] {
  const others = [...where.flat(), ...(orderBy === undefined ? [] : [orderBy])];
  return [...fields, ...others.map(({ field }) => field)];
}

function unknownIn(org: Org, table: Table, child: Query): string[] {
  const childTable = tables[table.children?.[child.object]?.table ?? ""];
  if (childTable === undefined) return [child.object];
  return usedFields(child).filter((path) => !isKnown(org, childTable, path));
}

function isKnown(org: Org, table: Table, path: string): boolean {
  const [first = "", second] = path.split(".");
  if (second === undefined) return table.fields(org.state).some(({ name }) => name === first);
  const parent = tables[table.parents?.[first]?.table ?? ""];
  return parent !== undefined && isKnown(org, parent, second);
}

function select(org: Org, table: Table, { where, orderBy, limit }: Query): Fields[] {
  const rows = table
    .rows(org.state)
    .filter((row) =>
      where.every((conditions) =>
        [conditions]
          .flat()
          .some((condition) => holds(valueOf(org, table, row, condition.field), condition)),
      ),
    );
  if (orderBy !== undefined) {
    const sign = orderBy.descending ? -1 : 1;
    rows.sort((a, b) => sign * compare(a[orderBy.field] ?? null, b[orderBy.field] ?? null));
  }
  return rows.slice(0, limit);
}

function compare(a: FieldValue, b: FieldValue): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "").localeCompare(String(b ?? ""));
}

/** Ids match in their 15- and 18-character form; text matches whatever its case, as in Salesforce. */
function holds(value: FieldValue, { field, operator, values }: Condition): boolean {
  if (operator === "LIKE") return isLike(value, String(values[0]));
  const isId = /(^|\.)Id$|Id$/.test(field);
  const normal = (given: FieldValue) =>
    typeof given !== "string" ? given : isId ? given.slice(0, 15) : given.toLowerCase();
  const found = values.some((wanted) => normal(wanted) === normal(value));
  return operator === "=" || operator === "IN" ? found : !found;
}

/** `%` stands for any text, whatever its case (developer.salesforce.com, "Comparison Operators"). */
function isLike(value: FieldValue, pattern: string): boolean {
  const parts = pattern.split("%").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return typeof value === "string" && new RegExp(`^${parts.join(".*")}$`, "i").test(value);
}

function valueOf(org: Org, table: Table, row: Fields, path: string): FieldValue {
  const [first = "", second] = path.split(".");
  if (second === undefined) return row[first] ?? null;
  return parentRow(org, table, row, first)?.[second] ?? null;
}

function parentRow(org: Org, table: Table, row: Fields, relationship: string): Fields | undefined {
  const parent = table.parents?.[relationship];
  const rows = tables[parent?.table ?? ""]?.rows(org.state);
  return rows?.find(({ Id }) => Id === row[parent?.idField ?? ""]);
}

function show(org: Org, request: Request, query: Query, row: Fields): object {
  const { object, fields, children } = query;
  const attributes = { type: object, url: recordUrl(request, object, String(row["Id"])) };
  const own = fields.filter((path) => !path.includes("."));
  const relationships = new Set(fields.filter((path) => path.includes(".")).map(parentName));
  return {
    attributes,
    ...Object.fromEntries(own.map((name) => [name, row[name] ?? null])),
    ...Object.fromEntries(
      [...relationships].map((name) => [name, showParent(org, object, row, name, fields)]),
    ),
    ...Object.fromEntries(
      children.map((child) => [child.object, showChildren(org, request, object, child, row)]),
    ),
  };
}

/** null where the record has none, as Salesforce answers. */
function showChildren(org: Org, request: Request, object: string, child: Query, row: Fields) {
  const relationship = tables[object]?.children?.[child.object];
  const table = tables[relationship?.table ?? ""];
  if (relationship === undefined || table === undefined) return null;
  const found = select(org, table, child).filter((one) => one[relationship.idField] === row["Id"]);
  if (found.length === 0) return null;
  const records = found.map((one) =>
    show(org, request, { ...child, object: relationship.table }, one),
  );
  return { totalSize: records.length, done: true, records };
}

function parentName(path: string): string {
  return path.split(".")[0] ?? "";
}

/** null where the record has no such parent. */
function showParent(org: Org, object: string, row: Fields, name: string, fields: string[]) {
  const table = tables[object];
  const parent = table && parentRow(org, table, row, name);
  if (parent === undefined) return null;
  const asked = fields.filter((path) => path.startsWith(`${name}.`));
  return Object.fromEntries(
    asked.map((path) => path.slice(name.length + 1)).map((field) => [field, parent[field] ?? null]),
  );
}
