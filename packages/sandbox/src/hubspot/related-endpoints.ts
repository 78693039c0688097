import type { Request } from "express";
import { z } from "zod";
import { pathValue, queryValues, type Answer } from "../crm-calls.ts";
import { batchAnswer } from "./batch-endpoints.ts";
import { errorAnswer, invalid, missingInBatch, refused, refusedInBatch } from "./answers.ts";
import { invalidInput, propertiesSchema, type Account } from "./deal-endpoints.ts";
import { updateRelated, type RelatedRecord } from "./related.ts";

import type { HubspotState } from "./state.ts";

type Kind = RelatedRecord["kind"];
type Endpoint = (account: Account, request: Request) => Answer;

/** HubSpot takes at most 100 records in a batch. */
const maxBatch = 100;

const readSchema = z.object({
  inputs: z.array(z.object({ id: z.string() })).max(maxBatch),
  properties: z.array(z.string()),
});
const writeSchema = z.object({
  inputs: z
    .array(
      z.object({
        id: z.string(),
        objectWriteTraceId: z.string().optional(),
        properties: propertiesSchema,
      }),
    )
    .max(maxBatch),
});
const inputSchema = z.object({ properties: propertiesSchema });

export function readOne(kind: Kind): Endpoint {
  return ({ state }, request) => {
    const record = find(state.related.records, kind, pathValue(request, "id"));
    if (record === undefined) return missing(pathValue(request, "id"));
    return { status: 200, body: show(state, record, queryValues(request, "properties")) };
  };
}

export function patchOne(kind: Kind): Endpoint {
  return (account, request) => {
    const input = inputSchema.safeParse(request.body);
    if (!input.success) return invalidInput(input.error);
    const record = find(account.state.related.records, kind, pathValue(request, "id"));
    if (record === undefined) return missing(pathValue(request, "id"));
    const written = updateRelated(updateOf(account), record, input.data.properties);
    if ("category" in written) return refused(written);
    return { status: 200, body: show(account.state, written, Object.keys(input.data.properties)) };
  };
}

export function readBatch(kind: Kind): Endpoint {
  return ({ state, now }, request) => {
    const parsed = readSchema.safeParse(request.body);
    if (!parsed.success) return invalidInput(parsed.error);
    const { inputs, properties } = parsed.data;
    const found = inputs.flatMap(({ id }) => find(state.related.records, kind, id) ?? []);
    const known = new Set(found.map(({ id }) => id));
    const gone = inputs.map(({ id }) => id).filter((id) => !known.has(id));
    const errors = gone.length === 0 ? [] : [missingInBatch(gone)];
    return batchAnswer(
      now(),
      found.map((record) => show(state, record, properties)),
      errors,
    );
  };
}

export function updateBatch(kind: Kind): Endpoint {
  return (account, request) => {
    const parsed = writeSchema.safeParse(request.body);
    if (!parsed.success) return invalidInput(parsed.error);
    const { inputs } = parsed.data;
    if (new Set(inputs.map(({ id }) => id)).size < inputs.length) {
      return invalid("Duplicate IDs found in batch input.");
    }
    const results: object[] = [];
    const errors: ReturnType<typeof refusedInBatch>[] = [];
    for (const { id, objectWriteTraceId = "", properties } of inputs) {
      const record = find(account.state.related.records, kind, id);
      if (record === undefined) continue;
      const written = updateRelated(updateOf(account), record, properties);
      if ("category" in written) errors.push(refusedInBatch(written, objectWriteTraceId));
      else
        results.push({
          ...show(account.state, written, Object.keys(properties)),
          objectWriteTraceId,
        });
    }
    return batchAnswer(account.now(), results, errors, inputs.length);
  };
}

const associationsSchema = z.object({ inputs: z.array(z.object({ id: z.string() })).max(1_000) });

/** Deals without a contact are left out (developers.hubspot.com, associations). */
export function readContactsOfDeals({ state, now }: Account, request: Request): Answer {
  const parsed = associationsSchema.safeParse(request.body);
  if (!parsed.success) return invalidInput(parsed.error);
  const results = parsed.data.inputs.flatMap(({ id }) => {
    const contacts = state.related.contactsOf.get(id) ?? [];
    if (contacts.length === 0) return [];
    const to = contacts.map((contact) => ({
      toObjectId: contact,
      associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 3 }],
    }));
    return [{ from: { id }, to }];
  });
  const at = now().toISOString();
  return { status: 200, body: { status: "COMPLETE", results, startedAt: at, completedAt: at } };
}

export function showAccount(): Answer {
  return {
    status: 200,
    body: {
      portalId: 62515,
      accountType: "SANDBOX",
      timeZone: "Europe/Berlin",
      companyCurrency: "USD",
      additionalCurrencies: [],
      utcOffset: "+01:00",
      utcOffsetMilliseconds: 3_600_000,
      uiDomain: "app.hubspot.com",
      dataHostingLocation: "eu1",
    },
  };
}

function updateOf({ state, journal, now }: Account) {
  const { related, schemas, refusals } = state;
  return { related, schemas, refusals, journal, now: now(), by: "api" };
}

function find(
  records: ReadonlyMap<string, RelatedRecord>,
  kind: Kind,
  id: string,
): RelatedRecord | undefined {
  const record = records.get(id);
  return record?.kind === kind ? record : undefined;
}

function show(
  { schemas }: HubspotState,
  { id, kind, properties, createdAt, updatedAt }: RelatedRecord,
  asked: string[],
) {
  const shown = asked
    .filter((name) => schemas[kind].properties.has(name))
    .map((name) => [name, properties[name] ?? null]);
  return { id, properties: Object.fromEntries(shown), createdAt, updatedAt, archived: false };
}

function missing(id: string): Answer {
  return errorAnswer(404, {
    category: "OBJECT_NOT_FOUND",
    message: "resource not found",
    context: { id: [id] },
  });
}
