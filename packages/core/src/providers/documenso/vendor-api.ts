import type { HttpAnswer, HttpCall } from "../client.ts";
import { tinyPdf } from "../tiny-pdf.ts";
import type { Step, VendorContract } from "../vendor-side.ts";
import { envelopeOf } from "./vendor-document.ts";

export const apiKey = "api_sandbox_documenso";

/** The answers of Documenso's API to the calls of our client. */
export function answer(call: HttpCall, contracts: readonly VendorContract[]): HttpAnswer {
  if (call.headers["authorization"] !== apiKey) return failure(401, "UNAUTHORIZED", "Unauthorized");
  const { pathname, searchParams } = new URL(call.url, "https://app.documenso.com");
  if (pathname === "/envelope") return pageOf(contracts.map(envelope), searchParams);
  if (pathname === "/envelope/redistribute") return redistributed(call.body, contracts);
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
