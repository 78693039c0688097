import type { Request } from "express";
import { z } from "zod";
import { pathValue, queryValues, type Answer } from "../crm-calls.ts";
import { isRefusal, refusal, refused, refusedInCollection, type Refusal } from "./answers.ts";
import { findRelated, updateRelated } from "./related.ts";
import { isExternalId, showRecord, writeOf, type Org } from "./record-endpoints.ts";
import {
  createRecord,
  findRecord,
  liveRecords,
  updateRecord,
  type SalesforceState,
  type Saved,
  type Write,
} from "./state.ts";

/** Salesforce takes at most 200 records in a collection. */
const maxCollection = 200;

const idsSchema = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });
const recordsSchema = z.object({
  allOrNone: z.boolean().default(false),
  records: z.array(z.looseObject({ attributes: z.object({ type: z.string() }) })),
});
type CollectionRecord = z.infer<typeof recordsSchema>["records"][number];

export function readCollectionByQuery(org: Org, request: Request): Answer {
  return readCollection(org, request, queryValues(request, "ids"), queryValues(request, "fields"));
}

export function readCollectionByBody(org: Org, request: Request): Answer {
  const body = idsSchema.safeParse(request.body);
  if (!body.success) return refused(parserError("give ids and fields"));
  return readCollection(org, request, body.data.ids, body.data.fields);
}

/** In the order asked for; null where there is no such record. */
function readCollection(org: Org, request: Request, ids: string[], fields: string[]): Answer {
  if (ids.length > maxCollection) return refused(tooMany());
  const shown = ids.map((id) => {
    const found = findRecord(org.state, id, true);
    return isRefusal(found) ? null : showRecord(org.state, request, found.record, fields);
  });
  const problem = shown.find((record) => record !== null && isRefusal(record));
  return problem != null && isRefusal(problem) ? refused(problem) : { status: 200, body: shown };
}

export function createCollection(org: Org, request: Request): Answer {
  return writeCollection(org, request, (write, record) => createRecord(write, record));
}

export function updateCollection(org: Org, request: Request): Answer {
  return writeCollection(org, request, (write, { id, ...fields }) => {
    const { type } = fields.attributes;
    if (type === "Account" || type === "Contact") {
      const related = findRelated(write.state.related, type, String(id));
      if (isRefusal(related)) return { ok: false, refusal: related };
      return updateRelated(write, type, related.id, fields);
    }
    const found = findRecord(write.state, String(id), true);
    return isRefusal(found) ? { ok: false, refusal: found } : updateRecord(write, found.id, fields);
  });
}

export function upsertCollection(org: Org, request: Request): Answer {
  const field = pathValue(request, "field");
  if (!isExternalId(org.state, field))
    return refused(refusal(400, "INVALID_FIELD", `No external id ${field}`));
  return writeCollection(org, request, (write, record) => {
    const { [field]: key, ...fields } = record;
    const matches = liveRecords(write.state).filter((other) => other[field] === key);
    const [match] = matches;
    if (matches.length > 1) return { ok: false, refusal: notUnique };
    if (match === undefined) return { ...createRecord(write, record), created: true };
    return { ...updateRecord(write, String(match["Id"]), fields), created: false };
  });
}

const notUnique = refusal(300, "DUPLICATE_EXTERNAL_ID", "The external id matches several records.");

type Outcome = Saved & { created?: boolean };

/** Always 200, one outcome per record in order. With `allOrNone` one refusal undoes the others. */
function writeCollection(
  org: Org,
  request: Request,
  save: (write: Write, record: CollectionRecord) => Outcome,
): Answer {
  const body = recordsSchema.safeParse(request.body);
  if (!body.success) return refused(parserError("give records with attributes.type"));
  const { allOrNone, records } = body.data;
  if (records.length > maxCollection) return refused(tooMany());
  if (!allOrNone) {
    const outcomes = records.map((record) => saveOne(writeOf(org), record, save));
    return { status: 200, body: outcomes.map(showOutcome) };
  }
  const outcomes = records.map((record) => saveOne(rehearsal(org), record, save));
  if (outcomes.some(({ ok }) => !ok)) {
    return { status: 200, body: outcomes.map(rolledBack).map(showOutcome) };
  }
  return {
    status: 200,
    body: records.map((record) => showOutcome(saveOne(writeOf(org), record, save))),
  };
}

function saveOne(
  write: Write,
  record: CollectionRecord,
  save: (write: Write, record: CollectionRecord) => Outcome,
): Outcome {
  const { type } = record.attributes;
  if (["Opportunity", "Account", "Contact"].includes(type)) return save(write, record);
  return {
    ok: false,
    refusal: refusal(400, "INVALID_TYPE", `sObject type '${type}' is not supported.`),
  };
}

/** A copy that a write can be tried on without anybody seeing it. */
function rehearsal(org: Org): Write {
  const state: SalesforceState = {
    ...org.state,
    opportunities: new Map(org.state.opportunities),
    related: {
      ...org.state.related,
      Account: new Map(org.state.related.Account),
      Contact: new Map(org.state.related.Contact),
    },
  };
  const journal = { entries: () => [], record: () => false, clear: () => {} };
  return { ...writeOf(org), state, journal };
}

function rolledBack(outcome: Outcome): Outcome {
  if (!outcome.ok) return outcome;
  const message = "Record rolled back because not all records were valid and allOrNone was set.";
  return { ok: false, refusal: refusal(400, "ALL_OR_NONE_OPERATION_ROLLED_BACK", message) };
}

function showOutcome(outcome: Outcome) {
  if (!outcome.ok) return refusedInCollection(outcome.refusal);
  const created = outcome.created === undefined ? {} : { created: outcome.created };
  return { id: outcome.id, success: true, errors: [], ...created };
}

function parserError(advice: string): Refusal {
  return refusal(400, "JSON_PARSER_ERROR", `The body does not fit: ${advice}.`);
}

function tooMany(): Refusal {
  const message = `record limit reached. cannot submit more than ${maxCollection} records into this transaction`;
  return refusal(400, "EXCEEDED_ID_LIMIT", message);
}
