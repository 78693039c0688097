import { createHash } from "node:crypto";
import type { Request } from "express";
import { z } from "zod";
import type { Answer } from "../crm-calls.ts";
import type { Fields } from "../crm-journal.ts";
import type { Form } from "../multipart.ts";
import { isRefusal, refusal, refused, type Refusal } from "./answers.ts";
import { contentId } from "./content.ts";
import type { Org } from "./record-endpoints.ts";
import { findRecord } from "./state.ts";
import { timestamp } from "./timestamp.ts";

const lengths: Record<string, number> = {
  Title: 255,
  PathOnClient: 500,
  Description: 1_000,
  FirstPublishLocationId: 18,
};

const recordSchema = z.record(z.string(), z.string());

/**
 * `POST …/sobjects/ContentVersion` with JSON, VersionData in base64, or with multipart parts entity_content
 * and VersionData (developer.salesforce.com, REST API, "Insert or Update Blob Data"). A version without a
 * document makes one; FirstPublishLocationId shares it. Nothing tells a file from one like it.
 */
export function createVersion(org: Org, request: Request): Answer {
  const { state, now } = org;
  const withheld = mayNotCreate(org, "ContentVersion");
  if (withheld !== undefined) return refused(withheld);
  const given = readVersion(request);
  if (isRefusal(given)) return refused(given);
  const { fields, bytes } = given;
  const problem = problemOf(fields, lengths) ?? missing(fields, ["PathOnClient"]);
  if (problem !== undefined) return refused(problem);
  const place = fields["FirstPublishLocationId"];
  const shared = place === undefined ? undefined : sharedWith({ state }, place);
  if (shared !== undefined && isRefusal(shared)) return refused(shared);
  const { versions, links } = state.content;
  const number = versions.length + 1;
  const Id = contentId("068", number);
  const ContentDocumentId = contentId("069", number);
  const at = timestamp(now());
  const path = fields["PathOnClient"] ?? "";
  versions.push({
    bytes,
    fields: {
      Title: path,
      ...fields,
      Id,
      ContentDocumentId,
      FileExtension: /\.([^.]+)$/.exec(path)?.[1] ?? null,
      ContentSize: bytes.length,
      Checksum: createHash("md5").update(bytes).digest("hex"),
      IsLatest: true,
      CreatedDate: at,
    },
  });
  if (shared !== undefined) {
    const LinkedEntityId = shared.id;
    const link = { Id: contentId("06A", number), ContentDocumentId, LinkedEntityId };
    links.push({ ...link, ShareType: "V", Visibility: "AllUsers", SystemModstamp: at });
  }
  return created(Id);
}

function readVersion(
  request: Request,
): { fields: Record<string, string>; bytes: Buffer } | Refusal {
  const form = formOf(request);
  const body = recordSchema.safeParse(
    form === null ? request.body : parseJson(form.texts["entity_content"]),
  );
  if (!body.success) return malformed("The body must be a JSON object of texts.");
  const { VersionData: data, attributes: _, ...fields } = body.data;
  const bytes = form === null ? fromBase64(data) : form.files["VersionData"]?.bytes;
  if (bytes === null) return malformed("VersionData must be a base64 string.");
  return bytes === undefined
    ? refusal(400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [VersionData]", [
        "VersionData",
      ])
    : { fields, bytes };
}

/** In the shape of `GET /sobjects/<object>/describe`, without the fields. */
export function describeVersions({ state }: Org): Answer {
  return describeObject("ContentVersion", "068", state.access.withheld);
}

export function describeTasks({ state }: Org): Answer {
  return describeObject("Task", "00T", state.access.withheld);
}

function describeObject(name: string, keyPrefix: string, withheld: ReadonlySet<string>): Answer {
  const createable = !withheld.has(`${name}.create`);
  const body = { name, label: name, keyPrefix, custom: false, createable, fields: [] };
  return { status: 200, body };
}

function mayNotCreate({ state }: Org, name: string): Refusal | undefined {
  if (!state.access.withheld.has(`${name}.create`)) return undefined;
  return refusal(403, "INSUFFICIENT_ACCESS", `insufficient access rights to create ${name}`);
}

function formOf(request: Request): Form | null {
  const body: Form | Record<string, unknown> | undefined = request.body;
  return isForm(body) ? body : null;
}

function isForm(body: Form | Record<string, unknown> | undefined): body is Form {
  return body !== undefined && "texts" in body && "files" in body;
}

function fromBase64(text: string | undefined): Buffer | null | undefined {
  if (text === undefined) return undefined;
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, "base64") : null;
}

const taskFields: Record<string, number> = {
  WhatId: 18,
  Subject: 255,
  Description: 32_000,
  Status: 255,
  Priority: 255,
  ActivityDate: 10,
  TaskSubtype: 255,
};

/** `POST …/sobjects/Task` (developer.salesforce.com, object reference, Task). */
export function createTask(org: Org, request: Request): Answer {
  const { state, now } = org;
  const withheld = mayNotCreate(org, "Task");
  if (withheld !== undefined) return refused(withheld);
  const body = recordSchema.safeParse(request.body);
  if (!body.success) return refused(malformed("The body must be a JSON object of texts."));
  const { attributes: _, ...fields } = body.data;
  const problem = problemOf(fields, taskFields);
  if (problem !== undefined) return refused(problem);
  const what = fields["WhatId"] === undefined ? null : sharedWith({ state }, fields["WhatId"]);
  if (what !== null && isRefusal(what)) return refused(what);
  const Id = contentId("00T", state.content.tasks.length + 1);
  const CreatedDate = timestamp(now());
  const task: Fields = { Status: "Not Started", Priority: "Normal", ...fields, Id, CreatedDate };
  state.content.tasks.push({ ...task, WhatId: what?.id ?? null });
  return created(Id);
}

function sharedWith({ state }: Pick<Org, "state">, id: string): { id: string } | Refusal {
  const found = findRecord(state, id, true);
  if (!isRefusal(found)) return found;
  if (found.errorCode === "ENTITY_IS_DELETED") return found;
  return refusal(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
}

function problemOf(
  fields: Record<string, string>,
  known: Record<string, number>,
): Refusal | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const most = known[name];
    if (most === undefined) {
      return refusal(400, "INVALID_FIELD", `No such column '${name}' on this sobject`, [name]);
    }
    if (value.length > most) {
      const message = `${name}: data value too large (max length=${most})`;
      return refusal(400, "STRING_TOO_LONG", message, [name]);
    }
  }
  return undefined;
}

function missing(fields: Record<string, string>, required: string[]): Refusal | undefined {
  const absent = required.filter((name) => (fields[name] ?? "") === "");
  if (absent.length === 0) return undefined;
  const message = `Required fields are missing: [${absent.join(", ")}]`;
  return refusal(400, "REQUIRED_FIELD_MISSING", message, absent);
}

function malformed(message: string): Refusal {
  return refusal(400, "JSON_PARSER_ERROR", message);
}

function created(id: string): Answer {
  return { status: 201, body: { id, success: true, errors: [] } };
}

function parseJson(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
