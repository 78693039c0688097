import { z } from "zod";
import type { Answer, Http, HttpAnswer, HttpCall } from "../client.ts";
import { outcomeOf } from "../rest.ts";
import { webAddress } from "../web-address.ts";
import { settings } from "./settings.ts";

/** Beside what is as in the source's settings: where people open documents. */
export const access = settings.extend({
  /** `api_…`, made in the team's settings. */
  apiKey: z.string().min(1),
  /** Of one's own installation: its address and `/api/v2`. */
  baseUrl: webAddress.default("https://app.documenso.com/api/v2"),
});

export type Access = z.infer<typeof access>;

/** Makes a call and judges its answer. With a body it posts. */
export type Call = (path: string, body?: object, streamed?: boolean) => Promise<Answer<HttpAnswer>>;

export function caller(given: Access, http: Http): Call {
  return async (path, body, streamed = false) =>
    outcomeOf(await http({ ...callOf(given, path, body), streamed }), errorWords);
}

export function urlOf({ baseUrl }: Access, path: string): string {
  return baseUrl.replace(/\/$/, "") + path;
}

/** Where a document is read: by its envelope's id, or by the number that older installations know it by. */
export function pathOf(id: string): string {
  return /^\d+$/.test(id) ? `/document/${id}` : `/envelope/${encodeURIComponent(id)}`;
}

function callOf(given: Access, path: string, body: object | undefined): HttpCall {
  const headers = { authorization: given.apiKey };
  const url = urlOf(given, path);
  if (body === undefined) return { method: "GET", url, headers };
  const typed = { ...headers, "content-type": "application/json" };
  return { method: "POST", url, headers: typed, body: JSON.stringify(body) };
}

/** `{"message":"Envelope not found","code":"NOT_FOUND"}` */
function errorWords(body: unknown) {
  return z.object({ message: z.unknown(), code: z.unknown() }).safeParse(body).data ?? {};
}
