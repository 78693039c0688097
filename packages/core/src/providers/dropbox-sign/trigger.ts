import type { EventType } from "../../contract-event.ts";
import { clip, limits } from "../../limits.ts";
import type { Happening } from "../facts.ts";
import type { CallbackEvent, Message, Signer } from "./signature-request.ts";

/** developers.hellosign.com/docs/events/overview, and `EventCallbackRequestEvent` of hellosign-openapi. */
const meanings = new Map<string, readonly EventType[]>([
  ["signature_request_prepared", ["contract.created"]],
  ["signature_request_sent", ["contract.sent"]],
  ["signature_request_viewed", ["recipient.viewed"]],
  ["signature_request_signed", ["recipient.signed"]],
  ["signature_request_all_signed", ["contract.completed"]],
  ["signature_request_declined", ["contract.declined", "recipient.declined"]],
  ["signature_request_canceled", ["contract.voided"]],
  ["signature_request_expired", ["contract.expired"]],
  ["signature_request_signer_removed", ["contract.corrected"]],
  ["signature_request_email_bounce", ["recipient.bounced"]],
  ["signature_request_incomplete_qes", ["recipient.auth_failed"]],
]);

/** What the event says happened, or a note of it where it changes no status or proves too little. */
export function trigger({ event, request }: Message, reportedAt: string): Happening[] {
  if (event === undefined) return [];
  const { signers = [] } = request;
  const signer = signerOf(event, signers);
  const mark = `${event.at ?? ""} ${signer?.key ?? ""}`.trim();
  const happenings = (meanings.get(event.type) ?? []).flatMap((meaning): Happening[] => {
    const type = whom(meaning, signer);
    if (type === undefined) return [];
    const recipient = type.startsWith("recipient.") ? (signer?.key ?? null) : null;
    const reason = type.endsWith(".declined") ? signer?.declineReason : null;
    return [{ type, recipient, at: reportedAt, mark, reason }];
  });
  if (happenings.length > 0) return happenings;
  const recipient = signer?.key ?? null;
  const note = clip(event.type, limits.note);
  return [{ type: "contract.noted", recipient, at: reportedAt, mark, note }];
}

/** A view by nobody in particular still is one of the request; nothing else of nobody counts. */
function whom(type: EventType, signer: Signer | undefined): EventType | undefined {
  if (signer !== undefined || !type.startsWith("recipient.")) return type;
  return type === "recipient.viewed" ? "contract.viewed" : undefined;
}

/**
 * Whose event it is: the signature it names, which may be null, empty or of nobody here; then who signed or
 * viewed at the event's second; then the only one there is.
 */
function signerOf(event: CallbackEvent, signers: readonly Signer[]): Signer | undefined {
  const named = signers.find((one) => one.key === event.relatedSignature);
  if (named !== undefined || !personal.test(event.type)) return named;
  const timeOf = (one: Signer) => (event.type.endsWith("_viewed") ? one.viewedAt : one.signedAt);
  const timely = signers.filter((one) => event.at !== undefined && timeOf(one) === event.at);
  const [only, ...others] = timely.length > 0 ? timely : signers;
  return others.length === 0 ? only : undefined;
}

const personal = /_(viewed|signed|declined|email_bounce|incomplete_qes)$/;
