import { jsonObjectIn, whyUnread } from "../json-text.ts";
import { textIn } from "../lenient.ts";
import type { IncomingRequest } from "../provider.ts";

type Callback = Pick<IncomingRequest, "headers" | "body">;

const callbacks = new WeakMap<Callback, object | string>();

/** The JSON of a callback, or why there is none. A request is read once, for its proof and for its facts. */
export function callbackIn(request: Callback): object | string {
  const known = callbacks.get(request) ?? readCallback(request);
  callbacks.set(request, known);
  return known;
}

function readCallback(request: Callback): object | string {
  const text = jsonTextIn(request);
  if (text === undefined) return "no-json-field";
  return jsonObjectIn(text) ?? whyUnread(text);
}

/**
 * The JSON of a callback: the field `json` of a multipart form, as Dropbox Sign sends it, or of an
 * urlencoded one, as a proxy may make of it; else the body itself, as the REST API answers. Undefined where
 * a form lacks the field or is broken.
 */
export function jsonTextIn({ headers, body }: Callback): string | undefined {
  const [type = ""] = [headers["content-type"]].flat();
  if (/^\s*multipart\/form-data\b/i.test(type)) return multipartField(bufferOf(body), type);
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(type)) {
    return new URLSearchParams(textIn(body)).get(field) ?? undefined;
  }
  return textIn(body);
}

/** Without a copy. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

const field = "json";
const lineEnd = "\r\n";

/** A form of one field has few parts, each with few headers. */
const limits = { parts: 20, partHeaders: 4_096 };

/** RFC 7578, read strictly: no preamble, CRLF, and every part closed by the boundary. */
function multipartField(body: Buffer, type: string): string | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? [];
  const delimiter = `--${quoted ?? plain ?? ""}`;
  if (delimiter === "--" || body.indexOf(delimiter) !== 0) return undefined;
  let start = delimiter.length;
  for (let part = 0; part < limits.parts; part += 1) {
    const end = body.indexOf(lineEnd + delimiter, start);
    if (end === -1 || body.indexOf(lineEnd, start) !== start) return undefined;
    const content = contentOf(body.subarray(start, end));
    if (content !== undefined) return content;
    start = end + lineEnd.length + delimiter.length;
  }
  return undefined;
}

/** What follows the empty line of a part, if it is our field's. */
function contentOf(part: Buffer): string | undefined {
  const blank = part.indexOf(lineEnd + lineEnd);
  if (blank === -1 || blank > limits.partHeaders) return undefined;
  const headers = part.subarray(0, blank).toString("latin1").split(lineEnd);
  const isOurs = headers.some(isOfField);
  return isOurs ? textIn(part.subarray(blank + 2 * lineEnd.length)) : undefined;
}

function isOfField(header: string): boolean {
  const [kind = "", ...parameters] = header.split(";").map((part) => part.trim().toLowerCase());
  const isField = parameters.some((one) => one === `name=${field}` || one === `name="${field}"`);
  return isField && /^content-disposition:\s*form-data$/.test(kind);
}

/** The form of one field, as Dropbox Sign frames it. */
export function multipartOf(text: string, boundary: string): Buffer {
  const head = [`--${boundary}`, `Content-Disposition: form-data; name="${field}"`, ""];
  return Buffer.from([...head, text, `--${boundary}--`, ""].join(lineEnd));
}
