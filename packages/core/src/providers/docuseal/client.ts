import { z } from "zod";
import { limits } from "../../limits.ts";
import type {
  Answer,
  AuditTrail,
  ContractReading,
  FileCalls,
  Http,
  HttpAnswer,
  HttpCall,
  OpenedFile,
  ProviderClient,
  SignedDocument,
} from "../client.ts";
import { withoutLastSlash } from "../last-slash.ts";
import { lenient } from "../lenient.ts";
import { jsonIn, mapAnswer, notCompleted, ok, openedFile, outcomeOf, twoFiles } from "../rest.ts";
import { webAddress } from "../web-address.ts";
import { auditTrailIn } from "./audit-trail.ts";
import { changedIn, nextPage } from "./changes.ts";
import { fieldsOf, type Put } from "./fields.ts";
import { factsIn } from "./normalize.ts";
import { readSubmission, type Submission } from "./submission.ts";

const access = z.object({
  /** Of the console's page "API". */
  apiKey: z.string().min(1),
  /** EU: https://api.docuseal.eu; self-hosted: the installation's own address and `/api`. */
  baseUrl: webAddress.default("https://api.docuseal.com"),
  /** Where people open submissions, if it cannot be told from `baseUrl`. */
  webAppUrl: webAddress.optional(),
});

export type Access = z.infer<typeof access>;

/** DocuSeal's REST API: docusealco/docuseal, docs/openapi.json. It has no reminder of its own. */
export const client: ProviderClient<Access> = {
  access,
  connect(given, { http, now }) {
    const get = getter(given, http);
    const fetched = (id: string) => fetchSubmission(get, id);
    return {
      fetchContract: (id) => fetchContract(get, id, now(), webAppOf(given)),
      listChangedSince: (since) => listChangedSince(get, since, now()),
      fetchAuditTrail: (id) => fetchAuditTrail(get, id),
      fetchSignedDocument: (id) => fetchSignedDocument(get, id),
      files: filesOf(get),
      fields: fieldsOf(fetched, putter(given, http)),
    };
  },
};

type Fetched = { url: string; answer: HttpAnswer };

/** Gets a path of the API, or the address of a file, which is told no key. */
type Get = (
  where: { path: string } | { file: string; streamed?: boolean },
) => Promise<Answer<Fetched>>;

function getter({ apiKey, baseUrl }: Access, http: Http): Get {
  const base = `${withoutLastSlash(baseUrl)}/`;
  return async (where) => {
    const call: HttpCall =
      "path" in where
        ? { method: "GET", url: base + where.path, headers: { "x-auth-token": apiKey } }
        : fileCall(where, base);
    const answer = outcomeOf(await http(call), wordsOf);
    return answer.outcome === "ok" ? ok({ url: call.url, answer: answer.value }) : answer;
  };
}

function putter({ apiKey, baseUrl }: Access, http: Http): Put {
  return async (path, body) => {
    const headers = { "x-auth-token": apiKey, "content-type": "application/json" };
    const url = `${withoutLastSlash(baseUrl)}/${path}`;
    const call: HttpCall = { method: "PUT", url, headers, body: JSON.stringify(body) };
    return outcomeOf(await http(call), wordsOf);
  };
}

function fileCall(where: { file: string; streamed?: boolean }, base: string): HttpCall {
  const { file, streamed = false } = where;
  return { method: "GET", url: fileAddress(file, base), headers: {}, streamed };
}

/** `{ "error": "…" }` */
function wordsOf(body: unknown): { message?: unknown } {
  return { message: z.object({ error: z.string() }).safeParse(body).data?.error };
}

/** Files lie at addresses of their own, often on another host. */
function fileAddress(address: string, base: string): string {
  const url = new URL(address, base);
  if (url.protocol !== "https:" && url.origin !== new URL(base).origin) {
    throw new Error("DocuSeal's API names a file at an address that is not https.");
  }
  return url.href;
}

/** https://api.docuseal.com serves https://docuseal.com; an installation serves both at one origin. */
function webAppOf({ webAppUrl, baseUrl }: Access): string | undefined {
  const { protocol, host, pathname } = new URL(baseUrl);
  if (webAppUrl !== undefined) return webAppUrl;
  if (/^api\.docuseal\.(com|eu)$/.test(host)) return `${protocol}//${host.slice("api.".length)}`;
  return /^\/api\/*$/.test(pathname) ? `${protocol}//${host}` : undefined;
}

type Found = Fetched & { submission: Submission };

async function fetchSubmission(get: Get, id: string): Promise<Answer<Found>> {
  const fetched = await get({ path: `submissions/${encodeURIComponent(id)}` });
  if (fetched.outcome !== "ok") return fetched;
  const submission = readSubmission(jsonIn(fetched.value.answer));
  if (submission === null) throw new Error("DocuSeal's API answered with no submission.");
  return ok({ ...fetched.value, submission });
}

async function fetchContract(
  get: Get,
  id: string,
  readAt: Date,
  webAppUrl: string | undefined,
): Promise<Answer<ContractReading>> {
  const found = await fetchSubmission(get, id);
  if (found.outcome !== "ok") return found;
  const { url, answer, submission } = found.value;
  const facts = factsIn(submission, readAt, { webAppUrl });
  return ok({ report: { externalId: submission.id, facts }, url, body: answer.body });
}

/** DocuSeal lists by id and not by change, so its newest 10,000 submissions are looked through. */
async function listChangedSince(get: Get, since: Date, now: Date): Promise<Answer<string[]>> {
  const changed: string[] = [];
  let path: string | null = "submissions?limit=100";
  for (let page = 0; page < 100 && path !== null; page += 1) {
    const fetched: Answer<Fetched> = await get({ path });
    if (fetched.outcome !== "ok") return fetched;
    const body = jsonIn(fetched.value.answer);
    changed.push(...changedIn(body, since, now));
    path = nextPage(body);
  }
  return ok([...new Set(changed)]);
}

async function fetchAuditTrail(get: Get, id: string): Promise<Answer<AuditTrail>> {
  const found = await fetchSubmission(get, id);
  if (found.outcome !== "ok") return found;
  return ok({ entries: auditTrailIn(jsonIn(found.value.answer), found.value.submission.parties) });
}

const listedFiles = z.object({
  documents: lenient.list({ name: lenient.text(limits.title), url: lenient.text(Infinity) }),
});

/** All documents in one file. Before completion DocuSeal would give a preview, which is no signed document. */
async function fetchSignedDocument(get: Get, id: string): Promise<Answer<SignedDocument>> {
  const found = await findSigned(get, id);
  if (found.outcome !== "ok") return found;
  const { name, url } = found.value;
  const file = await get({ file: url });
  if (file.outcome !== "ok") return file;
  const { headers, body } = file.value.answer;
  const contentType = headers["content-type"]?.split(";")[0] ?? "application/pdf";
  return ok({ name: `${name}.pdf`, contentType, bytes: body });
}

/** Where the signed documents lie, all in one file. The address holds for a while alone. */
async function findSigned(get: Get, id: string): Promise<Answer<{ name: string; url: string }>> {
  const found = await fetchSubmission(get, id);
  if (found.outcome !== "ok") return found;
  if (found.value.submission.status !== "completed") return { outcome: "missing" };
  const listed = await get({ path: `submissions/${encodeURIComponent(id)}/documents?merge=true` });
  if (listed.outcome !== "ok") return listed;
  const [first] = listedFiles.safeParse(jsonIn(listed.value.answer)).data?.documents ?? [];
  if (first?.url === undefined) return { outcome: "missing" };
  return ok({ name: first.name ?? id, url: first.url });
}

const auditLog = z.object({ audit_log_url: lenient.text(Infinity) });

async function findAuditLog(get: Get, id: string): Promise<Answer<{ url: string }>> {
  const found = await fetchSubmission(get, id);
  if (found.outcome !== "ok") return found;
  const url = auditLog.safeParse(jsonIn(found.value.answer)).data?.audit_log_url;
  return url === undefined ? { outcome: "missing" } : ok({ url });
}

/** The signed documents in one file, and the audit log, which is a PDF. */
function filesOf(get: Get): FileCalls {
  return {
    async list(id) {
      const found = await fetchSubmission(get, id);
      if (found.outcome !== "ok") return found;
      return found.value.submission.status === "completed" ? ok([...twoFiles]) : notCompleted;
    },
    async open(id, key): Promise<Answer<OpenedFile>> {
      const found = await (key === "certificate" ? findAuditLog : findSigned)(get, id);
      if (found.outcome !== "ok") return found;
      const file = await get({ file: found.value.url, streamed: true });
      return mapAnswer(file, ({ answer }) => openedFile(answer));
    },
  };
}
