import { z } from "zod";
import type {
  Answer,
  ContractReading,
  FileCalls,
  Http,
  HttpAnswer,
  ProviderClient,
  SignedDocument,
} from "../client.ts";
import { allPages, jsonIn, mapAnswer, notCompleted, ok, openedFile } from "../rest.ts";
import { access, caller, pathOf, urlOf, type Access, type Call } from "./api.ts";
import { auditEntriesIn } from "./audit-trail.ts";
import { changedAt } from "./description.ts";
import type { DocumensoDocument } from "./document.ts";
import { fetchEnvelope, unreadable } from "./envelope.ts";
import { fieldsOf } from "./fields.ts";
import { reportOf } from "./normalize.ts";
import { readEnvelope } from "./schema.ts";

export type { Access } from "./api.ts";

const perPage = 100;
const maxPages = 100;

/**
 * Documenso's REST API v2: packages/trpc/server/envelope-router of documenso/documenso at 75330166c. It cannot
 * list by time of change, so every page is read; what was only opened since then does not show there.
 */
export const client: ProviderClient<Access> = {
  access,
  connect(given, ports) {
    const call = caller(given, ports.http);
    return {
      fetchContract: (id) => fetchContract(id, given, ports, call),
      listChangedSince: (since) => listChangedSince(since, call),
      fetchAuditTrail: (id) => fetchAuditTrail(id, call),
      fetchSignedDocument: (id) => fetchSignedDocument(id, call),
      files: filesOf(call),
      fields: fieldsOf(call),
      sendReminder: (id, key) => sendReminder(id, key, call),
    };
  },
};

/** Under the id that was asked for, which may be an older number of the same document. */
async function fetchContract(
  id: string,
  given: Access,
  { now }: { http: Http; now: () => Date },
  call: Call,
): Promise<Answer<ContractReading>> {
  const answer = await call(pathOf(id));
  if (answer.outcome !== "ok") return answer;
  const report = reportOf(jsonIn(answer.value), { settings: given, receivedAt: now() });
  if (typeof report === "string") return unreadable(report);
  const { body } = answer.value;
  return ok({ report: { ...report, externalId: id }, url: urlOf(given, pathOf(id)), body });
}

const envelopes = z.object({ data: z.array(z.unknown()).catch([]) });

async function listChangedSince(since: Date, call: Call): Promise<Answer<string[]>> {
  const ids = await allPages(maxPages, async (page) => {
    const query = `type=DOCUMENT&orderByColumn=createdAt&orderByDirection=desc`;
    const answer = await call(`/envelope?${query}&page=${page}&perPage=${perPage}`);
    return mapAnswer(answer, (found) => {
      const listed = envelopes.safeParse(jsonIn(found)).data?.data ?? [];
      return { items: changedIn(listed, since.toISOString()), more: listed.length >= perPage };
    });
  });
  return mapAnswer(ids, (all) => [...new Set(all)]);
}

function changedIn(listed: unknown[], since: string): string[] {
  return listed
    .map(readEnvelope)
    .filter((document) => typeof document !== "string")
    .filter((document) => (changedAt(document) ?? since) >= since)
    .map((document) => document.id);
}

async function fetchAuditTrail(id: string, call: Call) {
  const envelope = await fetchEnvelope(id, call);
  if (envelope.outcome !== "ok") return envelope;
  const path = `${pathOf(envelope.value.document.id)}/audit-log`;
  const trail = await allPages(maxPages, async (page) =>
    mapAnswer(await call(`${path}?page=${page}&perPage=${perPage}`), (answer) => {
      const { entries, listed } = auditEntriesIn(jsonIn(answer));
      return { items: entries, more: listed >= perPage };
    }),
  );
  return mapAnswer(trail, (entries) => ({ entries }));
}

/** The first of its files. Before completion the API would give the unsigned one. */
async function fetchSignedDocument(id: string, call: Call): Promise<Answer<SignedDocument>> {
  const envelope = await fetchEnvelope(id, call);
  if (envelope.outcome !== "ok") return envelope;
  const { document, items } = envelope.value;
  const [item] = items;
  if (document.status !== "completed" || item === undefined) {
    return { outcome: "refused", code: "not-completed", message: "Nothing is signed by all yet." };
  }
  const path = `/envelope/item/${encodeURIComponent(item.id)}/download?version=signed`;
  return mapAnswer(await call(path), (answer) => fileOf(answer, item.title ?? id));
}

function fileOf({ headers, body }: HttpAnswer, title: string): SignedDocument {
  const name = title.endsWith(".pdf") ? title : `${title}.pdf`;
  return { name, contentType: headers["content-type"] ?? "application/pdf", bytes: body };
}

/** Each signed file by its item's id, and the certificate. */
function filesOf(call: Call): FileCalls {
  return {
    async list(id) {
      const envelope = await fetchEnvelope(id, call);
      if (envelope.outcome !== "ok") return envelope;
      const { document, items } = envelope.value;
      if (document.status !== "completed") return notCompleted;
      const [only, ...others] = items;
      return ok([
        ...items.map((item) => ({
          key: item.id,
          kind: "signed" as const,
          title: others.length === 0 && only === item ? null : (item.title ?? null),
        })),
        { key: "certificate", kind: "certificate", title: null },
      ]);
    },
    async open(id, key) {
      if (key !== "certificate") {
        const path = `/envelope/item/${encodeURIComponent(key)}/download?version=signed`;
        return mapAnswer(await call(path, undefined, true), openedFile);
      }
      const envelope = await fetchEnvelope(id, call);
      if (envelope.outcome !== "ok") return envelope;
      const path = `/envelope/${encodeURIComponent(envelope.value.document.id)}/certificate/download`;
      return mapAnswer(await call(path, undefined, true), openedFile);
    },
  };
}

/** Sends the mail again, to whose turn it is: POST /envelope/redistribute. */
async function sendReminder(id: string, key: string | null, call: Call): Promise<Answer<null>> {
  const envelope = await fetchEnvelope(id, call);
  if (envelope.outcome !== "ok") return envelope;
  const { document } = envelope.value;
  const recipients = whoseTurn(document)
    .filter((one) => key === null || one === key)
    .map(Number);
  if (recipients.length === 0) {
    return { outcome: "refused", code: "nobody-left", message: "It is nobody's turn to sign." };
  }
  const answer = await call("/envelope/redistribute", { envelopeId: document.id, recipients });
  return mapAnswer(answer, () => null);
}

function whoseTurn({ recipients = [] }: DocumensoDocument): string[] {
  const waiting = recipients.filter((one) => one.wasSent && one.signing === "not_signed");
  return waiting.map((one) => one.key);
}
