import { z } from "zod";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { fieldsInExternalId } from "../external-id.ts";
import { jsonObjectIn } from "../json-text.ts";
import { fieldsOf } from "../lenient.ts";
import { tinyPdf } from "../tiny-pdf.ts";
import type { Step, VendorAnswer, VendorContract } from "../vendor-side.ts";
import { envelopeOf } from "./vendor-document.ts";

export const apiKey = "api_sandbox_documenso";

/** The answers of Documenso's API to the calls of our client. */
export function answer(call: HttpCall, contracts: readonly VendorContract[]): VendorAnswer {
  if (call.headers["authorization"] !== apiKey) return failure(401, "UNAUTHORIZED", "Unauthorized");
  const { pathname, searchParams } = new URL(call.url, "https://app.documenso.com");
  if (pathname === "/envelope") return pageOf(contracts.map(envelope), searchParams);
  if (pathname === "/envelope/redistribute") return redistributed(call.body, contracts);
  if (pathname === "/envelope/update") return updated(call.body, contracts);
  const known = (id = "") =>
    contracts.find(({ walk }) => walk.externalId === decodeURIComponent(id));
  const [, itemId] = /^\/envelope\/item\/envelope_item_([^/]+)\/download$/.exec(pathname) ?? [];
  const [, id, rest] =
    /^\/envelope\/([^/]+)(|\/audit-log|\/certificate\/download)$/.exec(pathname) ?? [];
  const contract = known(itemId ?? id);
  if (contract === undefined) return failure(404, "NOT_FOUND", "Envelope not found");
  if (rest === "") return json(200, envelope(contract));
  if (rest === "/audit-log") return pageOf(auditLogOf(contract), searchParams);
  const { title } = contract.walk;
  return file(tinyPdf(rest === undefined ? title : `Signing certificate: ${title}`));
}

function envelope({ walk, steps }: VendorContract) {
  return envelopeOf(walk, steps);
}

function pageOf(all: readonly object[], query: URLSearchParams): HttpAnswer {
  const currentPage = Number(query.get("page") ?? 1);
  const perPage = Math.min(Number(query.get("perPage") ?? 10), 100);
  const data = all.slice((currentPage - 1) * perPage, currentPage * perPage);
  const totalPages = Math.ceil(all.length / perPage);
  return json(200, { data, count: all.length, currentPage, perPage, totalPages });
}

const types: Record<Step["kind"], string> = {
  created: "DOCUMENT_CREATED",
  sent: "DOCUMENT_SENT",
  viewed: "DOCUMENT_OPENED",
  signed: "DOCUMENT_RECIPIENT_COMPLETED",
  completed: "DOCUMENT_COMPLETED",
  declined: "DOCUMENT_RECIPIENT_REJECTED",
  voided: "DOCUMENT_CANCELLED",
  expired: "RECIPIENT_EXPIRED",
};

function auditLogOf({ walk, steps }: VendorContract): object[] {
  return steps.map((step, index) => {
    const acting = walk.recipients.find((one) => one.key === step.recipientKey) ?? walk.sender;
    return {
      id: `${walk.externalId}-${index}`,
      envelopeId: walk.externalId,
      createdAt: step.at,
      type: types[step.kind],
      name: acting.name,
      email: acting.email,
      userId: null,
      userAgent: "Mozilla/5.0",
      ipAddress: "198.51.100.8",
      data: { reason: step.reason },
    };
  });
}

function redistributed(body: string | undefined, contracts: readonly VendorContract[]): HttpAnswer {
  const { envelopeId }: { envelopeId?: string } = JSON.parse(body ?? "{}");
  const contract = contracts.find(({ walk }) => walk.externalId === envelopeId);
  if (contract === undefined) return failure(404, "NOT_FOUND", "Envelope not found");
  return json(200, { success: true, id: envelopeId, recipients: [] });
}

/** As packages/trpc/server/envelope-router/update-envelope.types.ts takes it, of what our client sends. */
const update = z.object({
  envelopeId: z.string(),
  data: z.strictObject({ externalId: z.string().trim().nullish() }).optional(),
});

function updated(body: string | undefined, contracts: readonly VendorContract[]): VendorAnswer {
  const { data: asked } = update.safeParse(jsonObjectIn(body ?? ""));
  if (asked === undefined) return failure(400, "BAD_REQUEST", "Input validation failed");
  const contract = contracts.find(({ walk }) => walk.externalId === asked.envelopeId);
  if (contract === undefined) return failure(404, "NOT_FOUND", "Envelope not found");
  const { walk, steps } = contract;
  const externalId = asked.data?.externalId;
  if (externalId === undefined) return json(200, envelopeOf(walk, steps));
  const spelt = fieldsInExternalId(externalId ?? undefined);
  const named = spelt.filter(([name]) => spelt.length === 1 || name !== "external_id");
  const changed = { ...walk, fields: fieldsOf(named) };
  return { ...json(200, envelopeOf(changed, steps)), changed };
}

function failure(status: number, code: string, message: string): HttpAnswer {
  return json(status, { message, code });
}

function json(status: number, body: object): HttpAnswer {
  const headers = { "content-type": "application/json" };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}

function file(body: Uint8Array): HttpAnswer {
  return { status: 200, headers: { "content-type": "application/pdf" }, body };
}
