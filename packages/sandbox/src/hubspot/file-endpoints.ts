import type { Request } from "express";
import { z } from "zod";
import { pathValue, type Answer } from "../crm-calls.ts";
import type { Form } from "../multipart.ts";
import { errorAnswer, invalid } from "./answers.ts";
import type { Account } from "./deal-endpoints.ts";
import { nextId, type StoredFile, type Timeline } from "./timeline.ts";

const optionsSchema = z.object({
  access: z.enum([
    "PUBLIC_INDEXABLE",
    "PUBLIC_NOT_INDEXABLE",
    "HIDDEN_INDEXABLE",
    "HIDDEN_NOT_INDEXABLE",
    "HIDDEN_PRIVATE",
    "PRIVATE",
    "HIDDEN_SENSITIVE",
    "SENSITIVE",
  ]),
  overwrite: z.boolean().default(false),
});

/** `POST /files/<version>/files`: needs a file, a folder and `options` with `access` (developers.hubspot.com, Files). */
export function uploadFile({ state, now }: Account, request: Request): Answer {
  const { texts, files } = formOf(request);
  const { file } = files;
  if (file === undefined) return invalid("Part 'file' is missing.");
  const folder = texts["folderPath"] ?? texts["folderId"];
  if (folder === undefined) return invalid("One of folderId or folderPath must be set.");
  const options = optionsSchema.safeParse(parseJson(texts["options"] ?? ""));
  if (!options.success) return invalid("Part 'options' needs a valid 'access'.");
  const { name, extension } = split(texts["fileName"] ?? file.name);
  const { access, overwrite } = options.data;
  const path = pathOf(folder, name, extension);
  const there = findByPath(state.timeline, path);
  if (there !== undefined && overwrite) state.timeline.files.delete(there.id);
  const free = overwrite ? { name, path } : firstFree(state.timeline, folder, name, extension);
  const stored: StoredFile = {
    id: nextId(state.timeline),
    ...free,
    extension,
    access,
    bytes: file.bytes,
    createdAt: now().toISOString(),
  };
  state.timeline.files.set(stored.id, stored);
  return { status: 201, body: showFile(stored) };
}

export function readFile({ state }: Account, request: Request): Answer {
  const file = state.timeline.files.get(pathValue(request, "fileId"));
  return file === undefined ? notThere() : { status: 200, body: showFile(file) };
}

/** `GET /files/<version>/files/stat/<path>`: what lies there. */
export function statFile({ state }: Account, request: Request): Answer {
  const asked: unknown = request.params["path"];
  const path = `/${[asked].flat().join("/")}`.replace(/^\/+/, "/");
  const file = findByPath(state.timeline, path);
  return file === undefined ? notThere() : { status: 200, body: { file: showFile(file) } };
}

function findByPath({ files }: Timeline, path: string): StoredFile | undefined {
  return [...files.values()].find((file) => file.path === path);
}

/** HubSpot numbers a name that is taken. */
function firstFree(timeline: Timeline, folder: string, name: string, extension: string) {
  for (let number = 0; ; number += 1) {
    const tried = number === 0 ? name : `${name}-${number}`;
    const path = pathOf(folder, tried, extension);
    if (findByPath(timeline, path) === undefined) return { name: tried, path };
  }
}

function pathOf(folder: string, name: string, extension: string): string {
  return `/${folder.replaceAll(/^\/+|\/+$/g, "")}/${name}.${extension}`;
}

function split(fileName: string): { name: string; extension: string } {
  const [, name = fileName, extension = "bin"] = /^(.+)\.([^.]+)$/.exec(fileName) ?? [];
  return { name, extension };
}

function showFile({ id, name, extension, path, access, bytes, createdAt }: StoredFile) {
  return {
    id,
    createdAt,
    updatedAt: createdAt,
    archived: false,
    parentFolderId: "1",
    name,
    path,
    size: bytes.length,
    type: "DOCUMENT",
    extension,
    access,
    isUsableInContent: false,
  };
}

function notThere(): Answer {
  return errorAnswer(404, { category: "OBJECT_NOT_FOUND", message: "File does not exist" });
}

function formOf(request: Request): Form {
  const body: Form | undefined = request.body;
  return body?.files === undefined ? { texts: {}, files: {} } : body;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
