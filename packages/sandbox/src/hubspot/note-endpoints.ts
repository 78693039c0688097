import type { Request } from "express";
import { z } from "zod";
import { pathValue, queryValue, type Answer } from "../crm-calls.ts";
import { errorAnswer, invalid, refused } from "./answers.ts";
import { invalidInput, propertiesSchema, type Account } from "./deal-endpoints.ts";
import { nextId, notesOf, type Note } from "./timeline.ts";

const noteToDeal = 214;
const dealToNote = 213;
const longestBody = 65_536;

const known = ["hs_timestamp", "hs_note_body", "hs_attachment_ids", "hubspot_owner_id"];

const inputSchema = z.object({
  properties: propertiesSchema,
  associations: z
    .array(
      z.object({
        to: z.object({ id: z.string() }),
        types: z.array(
          z.object({ associationCategory: z.string(), associationTypeId: z.number() }),
        ),
      }),
    )
    .default([]),
});

/** `POST …/objects/notes` (developers.hubspot.com, Notes). Nothing tells a note from one like it. */
export function createNote({ state, now }: Account, request: Request): Answer {
  const input = inputSchema.safeParse(request.body);
  if (!input.success) return invalidInput(input.error);
  const { properties, associations } = input.data;
  const problem = problemOf(properties);
  if (problem !== undefined) {
    return refused({ category: "VALIDATION_ERROR", problems: [problem] });
  }
  const wrong = associations.find(
    ({ to, types }) =>
      !state.deals.has(to.id) ||
      !types.every(
        (type) =>
          type.associationTypeId === noteToDeal && type.associationCategory === "HUBSPOT_DEFINED",
      ),
  );
  if (wrong !== undefined)
    return invalid(`No object ${wrong.to.id} can be associated in this way.`);
  const note: Note = {
    id: nextId(state.timeline),
    properties,
    deals: associations.map(({ to }) => to.id),
    createdAt: now().toISOString(),
  };
  state.timeline.notes.set(note.id, note);
  return { status: 201, body: showNote(note, known) };
}

function problemOf(properties: Record<string, string>) {
  const unknown = Object.keys(properties).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `Property "${unknown}" does not exist`;
    return { property: unknown, code: "PROPERTY_DOESNT_EXIST", message };
  }
  const time = properties["hs_timestamp"];
  if (time === undefined || Number.isNaN(Date.parse(time))) {
    const message = "hs_timestamp is required and must be a time.";
    return { property: "hs_timestamp", code: "REQUIRED_FIELD", message };
  }
  if ((properties["hs_note_body"] ?? "").length <= longestBody) return undefined;
  const message = `hs_note_body is longer than ${longestBody} characters.`;
  return { property: "hs_note_body", code: "INVALID_LENGTH", message };
}

export function readNote({ state }: Account, request: Request): Answer {
  const note = state.timeline.notes.get(pathValue(request, "noteId"));
  if (note !== undefined) return { status: 200, body: showNote(note, known) };
  return noSuchNote();
}

const patchSchema = z.object({ properties: propertiesSchema });

export function patchNote({ state }: Account, request: Request): Answer {
  const note = state.timeline.notes.get(pathValue(request, "noteId"));
  if (note === undefined) return noSuchNote();
  const input = patchSchema.safeParse(request.body);
  if (!input.success) return invalidInput(input.error);
  const properties = { ...note.properties, ...input.data.properties };
  state.timeline.notes.set(note.id, { ...note, properties });
  return { status: 200, body: showNote({ ...note, properties }, known) };
}

function noSuchNote(): Answer {
  return errorAnswer(404, { category: "OBJECT_NOT_FOUND", message: "Object not found." });
}

const readSchema = z.object({
  inputs: z.array(z.object({ id: z.string() })).max(100),
  properties: z.array(z.string()),
});

export function batchReadNotes({ state, now }: Account, request: Request): Answer {
  const parsed = readSchema.safeParse(request.body);
  if (!parsed.success) return invalidInput(parsed.error);
  const { inputs, properties } = parsed.data;
  const results = inputs.flatMap(({ id }) => {
    const note = state.timeline.notes.get(id);
    return note === undefined ? [] : [showNote(note, properties)];
  });
  const at = now().toISOString();
  return { status: 200, body: { status: "COMPLETE", results, startedAt: at, completedAt: at } };
}

/** A page of the notes that a deal is associated with, oldest first. */
export function listNotesOfDeal({ state }: Account, request: Request): Answer {
  const all = notesOf(state.timeline, pathValue(request, "dealId"));
  const from = Number(queryValue(request, "after") ?? 0);
  const limit = Math.min(Number(queryValue(request, "limit") ?? 500), 500);
  const results = all.slice(from, from + limit).map(({ id }) => ({
    toObjectId: id,
    associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: dealToNote }],
  }));
  const more = all.length > from + limit;
  const paging = { next: { after: String(from + limit), link: "" } };
  return { status: 200, body: { results, ...(more && { paging }) } };
}

function showNote({ id, properties, createdAt }: Note, names: readonly string[]) {
  const shown = [...names, "hs_object_id"].map((name) => [
    name,
    name === "hs_object_id" ? id : (properties[name] ?? null),
  ]);
  return {
    id,
    properties: Object.fromEntries(shown),
    createdAt,
    updatedAt: createdAt,
    archived: false,
  };
}
