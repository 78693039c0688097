import { z } from "zod";
import type {
  Answer,
  ContractReading,
  FileCalls,
  Http,
  HttpAnswer,
  HttpCall,
  ProviderClient,
} from "../client.ts";
import type { NormalizeContext } from "../provider.ts";
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
import { access, type Access } from "./access.ts";
import { auditEntries } from "./audit.ts";
import { changedSince } from "./list.ts";
import { normalizeDocument } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { signedCall } from "./signed-call.ts";

type Call = (
  method: HttpCall["method"],
  path: string,
  streamed?: boolean,
) => Promise<Answer<Called>>;

type Called = HttpAnswer & { url: string };

/** 10,000 documents at most: the vendor gives up to 100 a page. */
const pages = 100;

const pageSize = 100;

/** ziasign.com/docs/api-documents. The shapes of its answers are not published and read leniently. */
export const client: ProviderClient<Access> = {
  access,
  connect(given, { http, now, settings: chosen }) {
    const read = settings.parse(chosen ?? {});
    const call = caller(given, http, now);
    return {
      async fetchContract(externalId) {
        const context = { settings: read, receivedAt: now() };
        const answer = await call("GET", at(externalId));
        return mapAnswer(answer, (called) => reading(called, externalId, context));
      },
      listChangedSince: (since) => listChanged(call, since, read),
      async fetchAuditTrail(externalId) {
        const answer = await call("GET", at(externalId));
        return mapAnswer(answer, (called) => ({ entries: auditEntries(jsonIn(called)) }));
      },
      async fetchSignedDocument(externalId) {
        const answer = await call(
          "GET",
          `${at(externalId)}/download?certificate=true&auditTrail=true`,
        );
        const file = { name: `${externalId}.pdf`, contentType: "application/pdf" };
        return mapAnswer(answer, ({ body }) => ({ ...file, bytes: body }));
      },
      files: filesOf(call, () => ({ settings: read, receivedAt: now() })),
      /** To everybody whose turn it is, whoever is named: the call names a document only. */
      async sendReminder(externalId) {
        return mapAnswer(await call("POST", `${at(externalId)}/resend`), () => null);
      },
    };
  },
};

function caller(given: Access, http: Http, now: () => Date): Call {
  return async (method, path, streamed = false) => {
    const call = { ...signedCall(given, method, path, now()), streamed };
    const outcome = outcomeOf(await http(call), words);
    return mapAnswer(outcome, (answer) => ({ ...answer, url: call.url }));
  };
}

function at(externalId: string): string {
  return `/documents/${encodeURIComponent(externalId)}`;
}

/** Since the shape is not known, what names another document than the one asked for is not read. */
function reading(
  { url, body }: Called,
  externalId: string,
  context: NormalizeContext<Settings>,
): ContractReading {
  const report = normalizeDocument(body, context);
  if (report?.externalId !== externalId) {
    throw new Error(
      "ZiaSign's API answered with what is not the document. Check the settings' idNames.",
    );
  }
  return { report, url, body };
}

/** One PDF with certificate and audit trail: whether the two can be had alone is not published. */
function filesOf(call: Call, context: () => NormalizeContext<Settings>): FileCalls {
  return {
    async list(externalId) {
      const answer = await call("GET", at(externalId));
      if (answer.outcome !== "ok") return answer;
      const { facts } = reading(answer.value, externalId, context()).report;
      const isCompleted = facts.some(({ type }) => type === "contract.completed");
      return isCompleted ? ok([...oneFile]) : notCompleted;
    },
    async open(externalId) {
      const path = `${at(externalId)}/download?certificate=true&auditTrail=true`;
      return mapAnswer(await call("GET", path, true), openedFile);
    },
  };
}

/** There is no filter for changes, so the list is walked from the latest change down to `since`. */
async function listChanged(
  call: Call,
  since: Date,
  { idNames }: Settings,
): Promise<Answer<string[]>> {
  return allPages(pages, async (page) => {
    const query = `sortBy=updatedAt&sortOrder=desc&page=${page}&pageSize=${pageSize}`;
    const answer = await call("GET", `/documents?${query}`);
    if (answer.outcome !== "ok") return answer;
    return ok(changedSince(jsonIn(answer.value), since, { idNames, pageSize }));
  });
}

/** `{ message }`, `{ error: "…" }` or `{ error: { code, message } }`: which of them is not published. */
const errors = z.object({ code: z.unknown(), message: z.unknown(), error: z.unknown() }).partial();

function words(body: unknown): { code?: unknown; message?: unknown } {
  const { code, message, error } = errors.safeParse(body).data ?? {};
  if (typeof error === "object") return errors.safeParse(error).data ?? {};
  return { code: code ?? error, message: message ?? error };
}
