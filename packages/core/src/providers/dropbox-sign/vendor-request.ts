import { digestOf } from "../../digest.ts";
import type { Progress, RecipientProgress, Walk } from "../vendor-side.ts";

export function signatureId(walk: Walk, key: string): string {
  return digestOf([walk.externalId, "signature", key]);
}

/** `SignatureRequestResponse`. A request that was prepared counts as made when it is sent. */
export function signatureRequest(walk: Walk, { at, reason, recipients }: Progress) {
  return {
    signature_request_id: walk.externalId,
    test_mode: false,
    title: walk.title,
    original_title: walk.title,
    subject: walk.title,
    message: null,
    metadata: walk.fields,
    created_at: seconds(at.sent ?? at.created),
    expires_at: seconds(at.expired) ?? 0,
    is_complete: recipients.every((one) => one.signed),
    is_declined: at.declined !== undefined,
    has_error: false,
    custom_fields: [],
    response_data: [],
    signing_url: `https://app.hellosign.com/sign/${walk.externalId}`,
    signing_redirect_url: null,
    files_url: `https://api.hellosign.com/v3/signature_request/files/${walk.externalId}`,
    details_url: `https://app.hellosign.com/home/manage?guid=${walk.externalId}`,
    requester_email_address: walk.sender.email,
    signatures: recipients.map((one) => signature(walk, one, at, reason)),
    cc_email_addresses: [],
  };
}

function signature(
  walk: Walk,
  one: RecipientProgress,
  at: Progress["at"],
  reason: string | undefined,
) {
  return {
    signature_id: signatureId(walk, one.key),
    signer_email_address: one.email,
    signer_name: one.name,
    signer_role: null,
    order: one.order - 1,
    status_code: statusOf(one, at),
    decline_reason: one.declined && reason,
    signed_at: seconds(one.signed) ?? null,
    last_viewed_at: seconds(one.viewed) ?? null,
    last_reminded_at: null,
    error: null,
    has_pin: false,
  };
}

/** What a request looks like that was canceled is not published; here it looks like before. */
function statusOf(one: RecipientProgress, at: Progress["at"]): string {
  if (one.signed) return "signed";
  if (one.declined) return "declined";
  if (at.expired) return "expired";
  return at.sent ? "awaiting_signature" : "on_hold";
}

function seconds(time: Date | undefined): number | undefined {
  return time && Math.floor(+time / 1000);
}
