import { z } from "zod";
import type {
  Answer,
  ContractReading,
  FileCalls,
  Http,
  HttpAnswer,
  HttpCall,
  ProviderClient,
  SignedDocument,
} from "../client.ts";
import { latest } from "../facts.ts";
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
import { timesIn } from "./description.ts";
import { normalize } from "./normalize.ts";
import { readRequest } from "./schema.ts";
import { isSent, turnOf, type SignatureRequest, type Signer } from "./signature-request.ts";

const access = z.object({
  /** The account's API key: the same as signs its callbacks. */
  apiKey: z.string().min(1),
  baseUrl: webAddress.default("https://api.hellosign.com/v3"),
  /** Whose requests to list: a team member's account id, or `all`. The key's own account's where absent. */
  accountId: z.string().min(1).optional(),
});

export type Access = z.infer<typeof access>;

/** Dropbox Sign API v3: developers.hellosign.com/api. */
export const client: ProviderClient<Access> = {
  access,
  connect(access, { http, now }) {
    const api = connectTo(access, http);
    return {
      fetchContract: (id) => fetchContract(api, id, now()),
      listChangedSince: (since) => listChangedSince(api, since, access.accountId),
      async fetchAuditTrail(id) {
        const answer = await fetchSignedDocument(api, id);
        return answer.outcome === "ok" ? ok({ file: answer.value }) : answer;
      },
      fetchSignedDocument: (id) => fetchSignedDocument(api, id),
      files: filesOf(api),
      sendReminder: (id, recipientKey) => sendReminder(api, id, recipientKey),
    };
  },
};

type Api = (
  method: HttpCall["method"],
  path: string,
  body?: object,
  streamed?: boolean,
) => Promise<Answer<HttpAnswer & { url: string }>>;

const errorBody = z.object({
  error: z.object({ error_name: z.string().optional(), error_msg: z.string().optional() }),
});

/** 410 is what was deleted, 409 a file that is still being made. */
function connectTo({ apiKey, baseUrl }: Access, http: Http): Api {
  const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`;
  return async (method, path, body, streamed = false) => {
    const url = `${baseUrl.replace(/\/$/, "")}/signature_request/${path}`;
    const sent = body && { body: JSON.stringify(body) };
    const type: Record<string, string> = body ? { "content-type": "application/json" } : {};
    const headers = { authorization, ...type };
    const answer = await http({ method, url, headers, streamed, ...sent });
    if (answer.status === 410) return { outcome: "missing" };
    if (answer.status === 409 && method === "GET") return { outcome: "later", seconds: 60 };
    const judged = outcomeOf(answer, (said) => {
      const { error_name: code, error_msg: message } = errorBody.safeParse(said).data?.error ?? {};
      return { code, message };
    });
    return judged.outcome === "ok" ? ok({ ...judged.value, url }) : judged;
  };
}

async function fetchContract(api: Api, id: string, now: Date): Promise<Answer<ContractReading>> {
  const answer = await api("GET", encodeURIComponent(id));
  if (answer.outcome !== "ok") return answer;
  const { body, url } = answer.value;
  const read = normalize({ headers: {}, body }, { receivedAt: now });
  const [report] = read.understood ? read.reports : [];
  if (report === undefined) throw new Error("The answer about a signature request cannot be read.");
  return ok({ report, url, body });
}

const page = z.object({
  list_info: z.object({ num_pages: z.number() }),
  signature_requests: z.array(z.unknown()),
});

/**
 * The list cannot be asked for changes, so all of it is looked through, newest first: left out is what ended
 * before that time. A refusal has no time, so what was declined is always in.
 */
async function listChangedSince(
  api: Api,
  since: Date,
  accountId: string | undefined,
): Promise<Answer<string[]>> {
  const listed = await allPages(10_000, async (number) => {
    const query = new URLSearchParams({ page: String(number), page_size: "100" });
    if (accountId !== undefined) query.set("account_id", accountId);
    const answer = await api("GET", `list?${query.toString()}`);
    if (answer.outcome !== "ok") return answer;
    const { list_info, signature_requests: items } = page.parse(jsonIn(answer.value));
    return ok({ items, more: number < list_info.num_pages });
  });
  if (listed.outcome !== "ok") return listed;
  const requests = listed.value.flatMap((item) => readRequest(item) ?? []);
  const changed = requests.filter((request) => mayHaveChanged(request, since.toISOString()));
  return ok(changed.map((request) => request.id));
}

function mayHaveChanged(request: SignatureRequest, since: string): boolean {
  const { isComplete, expiresAt, signers = [] } = request;
  const isExpired = signers.some((one) => one.status === "expired");
  if (!isComplete && !isExpired) return true;
  const times = timesIn(request);
  return (latest(isExpired ? [...times, expiresAt ?? undefined] : times) ?? since) >= since;
}

/** The PDF, whose last pages are the audit trail. */
async function fetchSignedDocument(api: Api, id: string): Promise<Answer<SignedDocument>> {
  const request = await fetchRequest(api, id);
  if (request.outcome !== "ok") return request;
  const { isComplete, title = "signature request" } = request.value;
  if (!isComplete) {
    const message = "The signature request is not complete: there is no signed document.";
    return { outcome: "refused", code: "not-completed", message };
  }
  const file = await api("GET", `files/${encodeURIComponent(id)}?file_type=pdf`);
  if (file.outcome !== "ok") return file;
  const contentType = file.value.headers["content-type"]?.split(";")[0] ?? "application/pdf";
  return ok({ name: `${title}.pdf`, contentType, bytes: file.value.body });
}

/** The audit trail is the last pages of the one PDF. */
function filesOf(api: Api): FileCalls {
  return {
    async list(id) {
      const request = await fetchRequest(api, id);
      if (request.outcome !== "ok") return request;
      return request.value.isComplete ? ok([...oneFile]) : notCompleted;
    },
    async open(id) {
      const path = `files/${encodeURIComponent(id)}?file_type=pdf`;
      return mapAnswer(await api("GET", path, undefined, true), openedFile);
    },
  };
}

async function fetchRequest(api: Api, id: string): Promise<Answer<SignatureRequest>> {
  const answer = await api("GET", encodeURIComponent(id));
  if (answer.outcome !== "ok") return answer;
  const body = z.object({ signature_request: z.unknown() }).parse(jsonIn(answer.value));
  const request = readRequest(body.signature_request);
  if (request === undefined) throw new Error("The answer is no signature request.");
  return ok(request);
}

/** One call for each person, by their address. The first refusal ends it. */
async function sendReminder(
  api: Api,
  id: string,
  recipientKey: string | null,
): Promise<Answer<null>> {
  const request = await fetchRequest(api, id);
  if (request.outcome !== "ok") return request;
  const signers = waitedFor(request.value).filter(({ key }) => (recipientKey ?? key) === key);
  if (signers.length === 0) {
    const message = "It is not this person's turn, or nobody's.";
    return { outcome: "refused", code: "nobody-to-remind", message };
  }
  for (const { email, name } of signers) {
    const body = { email_address: email, name };
    const sent = await api("POST", `remind/${encodeURIComponent(id)}`, body);
    if (sent.outcome !== "ok") return sent;
  }
  return ok(null);
}

function waitedFor(request: SignatureRequest): Signer[] {
  const { signers = [], createdAt = "" } = request;
  if (!isSent({ request, event: undefined })) return [];
  return signers.filter(
    (one) => one.status === "awaiting_signature" && turnOf(one, signers, createdAt) !== undefined,
  );
}
