import { z } from "zod";
import { limits } from "../../limits.ts";
import type {
  Answer,
  AuditTrail,
  ContractReading,
  Http,
  HttpAnswer,
  HttpCall,
  ProviderClient,
  SignedDocument,
} from "../client.ts";
import { withoutLastSlash } from "../last-slash.ts";
import { lenient } from "../lenient.ts";
import { jsonIn, ok, outcomeOf } from "../rest.ts";
import { auditTrailIn } from "./audit-trail.ts";
import { changedIn, nextPage } from "./changes.ts";
import { factsIn } from "./normalize.ts";
import { readSubmission, type Submission } from "./submission.ts";

const access = z.object({
  /** Of the console's page "API". */
  apiKey: z.string().min(1),
  /** EU: https://api.docuseal.eu; self-hosted: the installation's own address and `/api`. */
  baseUrl: z.url().default("https://api.docuseal.com"),
  /** Where people open submissions, if it cannot be told from `baseUrl`. */
  webAppUrl: z.url().optional(),
});

export type Access = z.infer<typeof access>;

/** DocuSeal's REST API: docusealco/docuseal, docs/openapi.json. It has no reminder of its own. */
export const client: ProviderClient<Access> = {
  access,
  connect(given, { http, now }) {
    const get = getter(given, http);
    return {
      fetchContract: (id) => fetchContract(get, id, now(), webAppOf(given)),
      listChangedSince: (since) => listChangedSince(get, since, now()),
      fetchAuditTrail: (id) => fetchAuditTrail(get, id),
      fetchSignedDocument: (id) => fetchSignedDocument(get, id),
    };
  },
};

type Fetched = { url: string; answer: HttpAnswer };

/** Gets a path of the API, or the address of a file, which is told no key. */
type Get = (where: { path: string } | { file: string }) => Promise<Answer<Fetched>>;

function getter({ apiKey, baseUrl }: Access, http: Http): Get {
  const base = `${withoutLastSlash(baseUrl)}/`;
  return async (where) => {
    const call: HttpCall =
      "path" in where
        ? { method: "GET", url: base + where.path, headers: { "x-auth-token": apiKey } }
        : { method: "GET", url: fileAddress(where.file, base), headers: {} };
    const answer = outcomeOf(await http(call), wordsOf);
    return answer.outcome === "ok" ? ok({ url: call.url, answer: answer.value }) : answer;
  };
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

const files = z.object({
  documents: lenient.list({ name: lenient.text(limits.title), url: lenient.text(Infinity) }),
});

/** All documents in one file. Before completion DocuSeal would give a preview, which is no signed document. */
async function fetchSignedDocument(get: Get, id: string): Promise<Answer<SignedDocument>> {
  const found = await fetchSubmission(get, id);
  if (found.outcome !== "ok") return found;
  if (found.value.submission.status !== "completed") return { outcome: "missing" };
  const listed = await get({ path: `submissions/${encodeURIComponent(id)}/documents?merge=true` });
  if (listed.outcome !== "ok") return listed;
  const [first] = files.safeParse(jsonIn(listed.value.answer)).data?.documents ?? [];
  if (first?.url === undefined) return { outcome: "missing" };
  const file = await get({ file: first.url });
  if (file.outcome !== "ok") return file;
  const { headers, body } = file.value.answer;
  const contentType = headers["content-type"]?.split(";")[0] ?? "application/pdf";
  return ok({ name: `${first.name ?? id}.pdf`, contentType, bytes: body });
}
