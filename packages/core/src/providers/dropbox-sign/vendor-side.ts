import { digestOf } from "../../digest.ts";
import { progressOf, type Progress, type Step, type VendorSide } from "../vendor-side.ts";
import { access, answer } from "./vendor-api.ts";
import { signatureId, signatureRequest } from "./vendor-request.ts";

const accountId = "63522885f9261e2b04eea043933ee7313eb674fd";

/** The account callback, in the shape of hellosign-openapi; `sign` adds the hash and the form. */
export const vendorSide: VendorSide = {
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    if (last === undefined) return [];
    const progress = progressOf(walk, steps);
    const related = last.recipientKey && signatureId(walk, last.recipientKey);
    return firedBy(last, progress).map((type) =>
      callback(type, last.at, related ?? null, {
        signature_request: {
          ...signatureRequest(walk, progress),
          is_complete: /all_signed|downloadable/.test(type),
        },
      }),
    );
  },
  testBody: (at) => callback("callback_test", at, null, {}),
  access,
  answer,
};

/** All have signed in the second of the last signature; the file comes later. */
function firedBy(step: Step, { recipients }: Progress): string[] {
  const isLast = recipients.every((one) => one.signed);
  const fired: Record<Step["kind"], string[]> = {
    created: ["signature_request_prepared"],
    sent: ["signature_request_sent"],
    viewed: ["signature_request_viewed"],
    signed: ["signature_request_signed", ...(isLast ? ["signature_request_all_signed"] : [])],
    completed: ["signature_request_downloadable"],
    declined: ["signature_request_declined"],
    voided: ["signature_request_canceled"],
    expired: ["signature_request_expired"],
  };
  return fired[step.kind];
}

function callback(type: string, at: Date, related: string | null, about: object): Uint8Array {
  const body = {
    account_guid: accountId,
    event: {
      event_time: String(Math.floor(+at / 1000)),
      event_type: type,
      event_hash: digestOf(type),
      event_metadata: {
        related_signature_id: related,
        reported_for_account_id: accountId,
        reported_for_app_id: null,
      },
    },
    ...about,
  };
  return Buffer.from(JSON.stringify(body));
}
