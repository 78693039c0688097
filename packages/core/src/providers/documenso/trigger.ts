import { digestOf } from "../../digest.ts";
import { clip, limits } from "../../limits.ts";
import type { Happening } from "../facts.ts";
import type { DocumensoDocument } from "./document.ts";

/**
 * What the event says beside the document's state: little, since it names nobody who acted and every body
 * shows everybody's state. documenso/documenso at 75330166c, packages/prisma/schema.prisma.
 */
export function trigger(
  document: DocumensoDocument,
  shown: readonly Happening[],
  latestAt: string,
): Happening[] {
  const { event } = document;
  if (event === undefined) return [];
  const proves = (...types: Happening["type"][]) => shown.some((one) => types.includes(one.type));
  const note = noted(document, event, latestAt);
  switch (event) {
    case "DOCUMENT_CREATED":
      return [{ type: "contract.created", at: latestAt }];
    case "DOCUMENT_SENT":
      return [{ type: "contract.sent", at: document.updatedAt ?? latestAt }];
    case "DOCUMENT_OPENED":
      return proves("recipient.viewed") ? [] : [{ type: "contract.viewed", at: latestAt }];
    case "DOCUMENT_SIGNED":
    case "DOCUMENT_RECIPIENT_COMPLETED":
      return proves("recipient.signed") ? [] : [note];
    case "DOCUMENT_COMPLETED":
    case "DOCUMENT_REJECTED":
      return [];
    case "DOCUMENT_CANCELLED":
      return wasOpen(document) ? [cancellation(document, latestAt)] : [note];
    case "RECIPIENT_EXPIRED":
      return shown.some((one) => one.note === event) ? [] : [note];
    default:
      return [note];
  }
}

/** Also sent when the owner deletes a document that had come to its end, which changes nothing. */
function wasOpen({ status }: DocumensoDocument): boolean {
  return status === "pending" || status === "draft" || status === "cancelled";
}

function cancellation({ closedAt, deletedAt }: DocumensoDocument, latestAt: string): Happening {
  return { type: "contract.voided", at: closedAt ?? deletedAt ?? latestAt };
}

function noted(document: DocumensoDocument, event: string, at: string): Happening {
  const { status, updatedAt = "", recipients = [] } = document;
  const states = recipients.map((one) => [one.key, one.wasSent, one.hasOpened, one.signing]);
  const mark = `${updatedAt} ${digestOf(JSON.stringify([status, states]))}`;
  return { type: "contract.noted", at, note: clip(event, limits.note), mark };
}
