import type { Request } from "express";
import { z } from "zod";
import { pathValue, queryValue, queryValues, type Answer } from "../crm-calls.ts";
import type { Fields, Journal } from "../crm-journal.ts";
import { isRefusal, refusal, refused, type Refusal } from "./answers.ts";
import { visibleFields } from "./access.ts";
import { findRelated, updateRelated, type RelatedObject } from "./related.ts";
import {
  createRecord,
  deleteRecord as removeRecord,
  findRecord,
  instantOf,
  liveRecords,
  updateRecord,
  type SalesforceState,
  type Saved,
} from "./state.ts";

/** What every endpoint works on. */
export type Org = { state: SalesforceState; journal: Journal; now: () => Date };

const recordSchema = z.record(z.string(), z.unknown());

export function writeOf({ state, journal, now }: Org) {
  return { state, journal, now: now(), by: "api" };
}

export function recordUrl(request: Request, object: string, id: string): string {
  return `/services/data/${pathValue(request, "version")}/sobjects/${object}/${id}`;
}

/** Names that are no fields of Opportunity are refused. Empty `asked`: all fields. */
export function showRecord(
  { access }: SalesforceState,
  request: Request,
  record: Fields,
  asked: readonly string[],
): Record<string, unknown> | Refusal {
  const known = visibleFields(access, "Opportunity").map(({ name }) => name);
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `No such column '${unknown}' on sobject of type Opportunity`;
    return refusal(400, "INVALID_FIELD", message);
  }
  const url = recordUrl(request, "Opportunity", String(record["Id"]));
  const names = asked.length > 0 ? [...asked, "Id"] : known;
  return {
    attributes: { type: "Opportunity", url },
    ...Object.fromEntries(names.map((name) => [name, record[name] ?? null])),
  };
}

export function readRecord({ state }: Org, request: Request): Answer {
  const found = findRecord(state, pathValue(request, "id"));
  if (isRefusal(found)) return refused(found);
  const modified = instantOf(found.record["LastModifiedDate"]);
  if (isChangedSince(modified, request)) return preconditionFailed();
  const since = Date.parse(request.headers["if-modified-since"] ?? "");
  if (seconds(modified) <= since) return { status: 304 };
  return answerWith(showRecord(state, request, found.record, queryValues(request, "fields")));
}

export function patchRecord(org: Org, request: Request): Answer {
  const found = findRecord(org.state, pathValue(request, "id"));
  if (isRefusal(found)) return refused(found);
  if (isChangedSince(instantOf(found.record["LastModifiedDate"]), request)) {
    return preconditionFailed();
  }
  return withBody(request, (fields) => {
    const saved = updateRecord(writeOf(org), found.id, fields);
    return saved.ok ? { status: 204 } : refused(saved.refusal);
  });
}

/** An account or a contact. */
export function patchRelated(object: RelatedObject) {
  return (org: Org, request: Request): Answer => {
    const found = findRelated(org.state.related, object, pathValue(request, "id"));
    if (isRefusal(found)) return refused(found);
    if (isChangedSince(instantOf(found.record["LastModifiedDate"]), request)) {
      return preconditionFailed();
    }
    return withBody(request, (fields) => {
      const saved = updateRelated(writeOf(org), object, found.id, fields);
      return saved.ok ? { status: 204 } : refused(saved.refusal);
    });
  };
}

export function postRecord(org: Org, request: Request): Answer {
  return withBody(request, (fields) => savedAnswer(createRecord(writeOf(org), fields), 201));
}

export function deleteRecord({ state }: Org, request: Request): Answer {
  const found = findRecord(state, pathValue(request, "id"));
  if (isRefusal(found)) return refused(found);
  removeRecord(state, found.id);
  return { status: 204 };
}

export function readByExternalId({ state }: Org, request: Request): Answer {
  const matches = externalMatches(state, request);
  if (isRefusal(matches)) return refused(matches);
  const [first, ...others] = matches;
  if (others.length > 0) return multipleChoices(request, matches);
  if (first === undefined) return refused(refusal(404, "NOT_FOUND", "Record not found"));
  return answerWith(showRecord(state, request, first, queryValues(request, "fields")));
}

/** 201 created, 200 updated, 300 and nothing written where several records match. */
export function upsertRecord(org: Org, request: Request): Answer {
  const matches = externalMatches(org.state, request);
  if (isRefusal(matches)) return refused(matches);
  if (matches.length > 1) return multipleChoices(request, matches);
  const [match] = matches;
  if (match === undefined && queryValue(request, "updateOnly") === "true") {
    return refused(refusal(404, "NOT_FOUND", "Record not found"));
  }
  return withBody(request, (fields) => {
    if (match !== undefined) {
      const saved = updateRecord(writeOf(org), String(match["Id"]), fields);
      return savedAnswer(saved, 200, { created: false });
    }
    const key = { [pathValue(request, "field")]: pathValue(request, "value") };
    return savedAnswer(createRecord(writeOf(org), { ...fields, ...key }), 201, { created: true });
  });
}

export function isExternalId({ access }: SalesforceState, name: string): boolean {
  return visibleFields(access, "Opportunity").some(
    (field) => field.externalId && field.name === name,
  );
}

function externalMatches(state: SalesforceState, request: Request): Fields[] | Refusal {
  const field = pathValue(request, "field");
  if (!isExternalId(state, field)) {
    const message = `Provided external ID field does not exist or is not accessible: ${field}`;
    return refusal(404, "NOT_FOUND", message);
  }
  return liveRecords(state).filter((record) => record[field] === pathValue(request, "value"));
}

function multipleChoices(request: Request, matches: Fields[]): Answer {
  const urls = matches.map(({ Id }) => recordUrl(request, "Opportunity", String(Id)));
  return { status: 300, body: urls };
}

function savedAnswer(saved: Saved, status: number, more: object = {}): Answer {
  if (!saved.ok) return refused(saved.refusal);
  return { status, body: { id: saved.id, success: true, errors: [], ...more } };
}

function answerWith(shown: Record<string, unknown> | Refusal): Answer {
  return isRefusal(shown) ? refused(shown) : { status: 200, body: shown };
}

function withBody(request: Request, use: (fields: Record<string, unknown>) => Answer): Answer {
  const body = recordSchema.safeParse(request.body);
  if (body.success) return use(body.data);
  return refused(refusal(400, "JSON_PARSER_ERROR", "The body must be a JSON object of fields."));
}

/** HTTP dates have whole seconds, so a change within the given second does not count. */
function isChangedSince(modified: Date, request: Request): boolean {
  return seconds(modified) > Date.parse(request.headers["if-unmodified-since"]?.toString() ?? "");
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000) * 1000;
}

function preconditionFailed(): Answer {
  const message = "The record was modified after the time given in If-Unmodified-Since.";
  return refused(refusal(412, "PRECONDITION_FAILED", message));
}
