import { z } from "zod";
import type {
  Answer,
  ContractReading,
  FileCalls,
  Http,
  HttpAnswer,
  HttpCall,
  ProviderClient,
  ProviderConnection,
} from "../client.ts";
import { lenient } from "../lenient.ts";
import {
  allPages,
  jsonIn,
  mapAnswer,
  notCompleted,
  ok,
  oneFile,
  openedFile,
  outcomeOf,
} from "../rest.ts";
import { webAddress } from "../web-address.ts";
import { auditEntriesIn } from "./audit-trail.ts";
import { fieldsOf } from "./fields.ts";
import { reportOf } from "./normalize.ts";
import { reminderBody, reminderOutcome, whoseTurn } from "./reminder.ts";
import { readDetails } from "./schema.ts";
import { settings } from "./settings.ts";

const access = z.object({
  apiKey: z.string().min(1),
  baseUrl: webAddress.default("https://api.pandadoc.com"),
  /** As in the source's settings: where people open documents. */
  webAppUrl: settings.shape.webAppUrl,
  /** What PandaDoc calls the Salesforce that it is connected with; for a sandbox org, the second. */
  salesforce: z
    .enum(["salesforce-oauth2", "salesforce-oauth2-sandbox"])
    .default("salesforce-oauth2"),
});

export type Access = z.infer<typeof access>;

type Ports = { http: Http; now: () => Date };

type Call = (path: string, body?: object, streamed?: boolean) => Promise<Answer<HttpAnswer>>;

const perPage = 100;
const maxPages = 100;

/**
 * PandaDoc's REST API as openapi.yaml v8.8.0 of PandaDoc/pandadoc-openapi-specification has it. The audit
 * trail is open to administrators' keys alone; the sealed file is there once a document is completed.
 */
export const client: ProviderClient<Access> = {
  access,
  connect(given, ports) {
    const call: Call = async (path, body, streamed = false) =>
      outcomeOf(await ports.http({ ...callOf(given, path, body), streamed }), errorWords);
    const remove = async (path: string) => {
      const asked = callOf(given, path, undefined);
      return outcomeOf(await ports.http({ ...asked, method: "DELETE" }), errorWords);
    };
    return { ...connection(given, ports, call), fields: fieldsOf({ call, remove }, given) };
  },
};

function connection(given: Access, ports: Ports, call: Call): ProviderConnection {
  return {
    fetchContract: (id) => fetchContract(id, given, ports, call),
    listChangedSince: (since) => listChangedSince(since, call),
    fetchAuditTrail: (id) => fetchAuditTrail(id, call),
    async fetchSignedDocument(id) {
      const answer = await call(`${pathOf(id)}/download-protected`);
      return mapAnswer(answer, ({ headers, body }) => ({
        name: `${id}.pdf`,
        contentType: headers["content-type"] ?? "application/pdf",
        bytes: body,
      }));
    },
    files: filesOf(call),
    sendReminder: (id, key) => sendReminder(id, key, call),
  };
}

const state = z.object({ status: z.string() });

/** The sealed file. PandaDoc's API has no certificate by itself. */
function filesOf(call: Call): FileCalls {
  return {
    async list(id) {
      const answer = await call(`${pathOf(id)}/details`);
      if (answer.outcome !== "ok") return answer;
      const { status } = state.parse(jsonIn(answer.value));
      return status === "document.completed" ? ok([...oneFile]) : notCompleted;
    },
    open: async (id) =>
      mapAnswer(await call(`${pathOf(id)}/download-protected`, undefined, true), openedFile),
  };
}

function callOf({ apiKey, baseUrl }: Access, path: string, body: object | undefined): HttpCall {
  const headers = { authorization: `API-Key ${apiKey}` };
  const url = baseUrl.replace(/\/$/, "") + path;
  if (body === undefined) return { method: "GET", url, headers };
  const typed = { ...headers, "content-type": "application/json" };
  return { method: "POST", url, headers: typed, body: JSON.stringify(body) };
}

function pathOf(id: string): string {
  return `/public/v1/documents/${encodeURIComponent(id)}`;
}

/** `{"type":"request_error","detail":"Not found"}`, where `detail` may also be an object of fields. */
function errorWords(body: unknown) {
  const { data } = z.object({ type: z.string(), detail: z.unknown() }).safeParse(body);
  const detail = typeof data?.detail === "string" ? data.detail : JSON.stringify(data?.detail);
  return { code: data?.type, message: detail };
}

async function fetchContract(
  id: string,
  { baseUrl, webAppUrl }: Access,
  { now }: Ports,
  call: Call,
): Promise<Answer<ContractReading>> {
  const path = `${pathOf(id)}/details`;
  const answer = await call(path);
  if (answer.outcome !== "ok") return answer;
  const { body } = answer.value;
  const report = reportOf(body, { settings: { webAppUrl }, receivedAt: now() });
  if (typeof report !== "string") return ok({ report, url: baseUrl + path, body });
  return { outcome: "refused", code: report, message: "PandaDoc's answer is not a document." };
}

const documents = z.object({ results: lenient.list({ id: lenient.text(Infinity) }) });

async function listChangedSince(since: Date, call: Call): Promise<Answer<string[]>> {
  const ids = await allPages(maxPages, async (number) => {
    const query = new URLSearchParams({
      modified_from: since.toISOString(),
      order_by: "date_status_changed",
      count: String(perPage),
      page: String(number),
    });
    return mapAnswer(await call(`/public/v1/documents?${query.toString()}`), (answer) => {
      const { results = [] } = documents.safeParse(jsonIn(answer)).data ?? {};
      return { items: results.flatMap((one) => one?.id ?? []), more: results.length >= perPage };
    });
  });
  return mapAnswer(ids, (all) => [...new Set(all)]);
}

async function fetchAuditTrail(id: string, call: Call) {
  const trail = await allPages(maxPages, async (number) => {
    const query = `limit=${perPage}&offset=${(number - 1) * perPage}`;
    const path = `/public/v2/documents/${encodeURIComponent(id)}/audit-trail?${query}`;
    return mapAnswer(await call(path), (answer) => {
      const { entries, listed } = auditEntriesIn(jsonIn(answer));
      return { items: entries, more: listed >= perPage };
    });
  });
  return mapAnswer(trail, (entries) => ({ entries }));
}

async function sendReminder(id: string, key: string | null, call: Call): Promise<Answer<null>> {
  const keys = key === null ? await keysOfWhoseTurn(id, call) : ok([key]);
  if (keys.outcome !== "ok") return keys;
  const answer = await call(`${pathOf(id)}/send-reminder`, reminderBody(keys.value));
  return answer.outcome === "ok" ? reminderOutcome(jsonIn(answer.value)) : answer;
}

async function keysOfWhoseTurn(id: string, call: Call): Promise<Answer<string[]>> {
  const answer = await call(`${pathOf(id)}/details`);
  if (answer.outcome !== "ok") return answer;
  const document = readDetails(answer.value.body);
  const keys = typeof document === "string" ? [] : whoseTurn(document);
  if (keys.length > 0) return ok(keys);
  return { outcome: "refused", code: "nobody-left", message: "Nobody is left to sign." };
}
