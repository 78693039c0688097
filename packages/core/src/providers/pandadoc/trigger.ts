import { clip, limits } from "../../limits.ts";
import type { Happening } from "../facts.ts";
import { actingRecipient, signs, type PandaDocument } from "./document.ts";
import { saysItAll } from "./snapshot.ts";

/** Statuses in which a document can still be signed, so that deleting it ends it. */
const open = new Set([
  "uploaded",
  "draft",
  "error",
  "waiting_approval",
  "approved",
  "rejected",
  "external_review",
  "scheduled",
  "sent",
  "viewed",
]);

/** What the event says beside the document's state. developers.pandadoc.com/docs/webhook-events. */
export function trigger(document: PandaDocument, reportedAt: string): Happening[] {
  const { event, status, sentBy, modifiedAt } = document;
  const corrected = { type: "contract.corrected", at: reportedAt, mark: modifiedAt ?? "" } as const;
  switch (event) {
    case undefined:
      return [];
    case "recipient_completed":
      return [completion(document, reportedAt)];
    case "document_updated":
      return [corrected];
    case "document_deleted":
      return open.has(status ?? "")
        ? [{ type: "contract.voided", at: reportedAt }]
        : [noted(document, event, reportedAt)];
    case "document_state_changed":
      if (status === "draft" && sentBy !== undefined) return [corrected];
      if (status !== undefined && saysItAll(status)) return [];
      return [noted(document, status === undefined ? event : `document.${status}`, reportedAt)];
    default:
      return [noted(document, event, reportedAt)];
  }
}

/** A copy completes too, and somebody who is not on the list cannot be counted: that is only noted. */
function completion(document: PandaDocument, reportedAt: string): Happening {
  const acting = actingRecipient(document);
  const at = document.actedAt ?? reportedAt;
  if (acting !== undefined && signs(acting)) {
    return { type: "recipient.signed", recipient: acting.key, at };
  }
  const mark = document.actedAt ?? document.modifiedAt ?? "";
  return { ...noted(document, "recipient_completed", at), recipient: acting?.key ?? null, mark };
}

function noted(document: PandaDocument, note: string, at: string): Happening {
  return {
    type: "contract.noted",
    at,
    note: clip(note, limits.note),
    mark: document.modifiedAt ?? "",
  };
}
