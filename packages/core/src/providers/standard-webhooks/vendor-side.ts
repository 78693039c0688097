import { digestOf } from "../../digest.ts";
import {
  progressOf,
  type RecipientProgress,
  type Step,
  type VendorSide,
  type Walk,
} from "../vendor-side.ts";

/** A platform that follows the specification's advice on payloads, with event names of the usual kind. */
export const vendorSide: VendorSide = {
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    if (last === undefined) return [];
    const actor = progressOf(walk, steps).recipients.find((one) => one.key === last.recipientKey);
    const body = {
      id: `msg_${digestOf([walk.externalId, steps.length, last.kind])}`,
      type: `document.${last.kind}`,
      timestamp: last.at,
      data: {
        document: document(walk, steps),
        recipient: actor && recipient(actor),
        reason: last.reason,
      },
    };
    return [Buffer.from(JSON.stringify(body))];
  },
};

function document(walk: Walk, steps: readonly Step[]) {
  return {
    id: walk.externalId,
    title: walk.title,
    sender: walk.sender,
    recipients: progressOf(walk, steps).recipients.map(recipient),
    metadata: walk.fields,
    amount: walk.amount,
  };
}

function recipient({ key, name, email, order, ...times }: RecipientProgress) {
  return {
    id: key,
    name,
    email,
    order,
    viewed_at: times.viewed,
    signed_at: times.signed,
    declined_at: times.declined,
  };
}
