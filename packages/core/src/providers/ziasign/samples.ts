import { digestOf } from "../../digest.ts";
import {
  progressOf,
  type Progress,
  type RecipientProgress,
  type Samples,
  type Step,
  type Walk,
} from "../samples.ts";

/** ZiaSign's published event names around a body of the usual shape; its own is not published. */
export const samples: Samples = {
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    if (last === undefined) return [];
    const progress = progressOf(walk, steps);
    const acting = progress.recipients.find((one) => one.key === last.recipientKey);
    const body = {
      id: `whd_${digestOf([walk.externalId, steps.length, last.kind])}`,
      event: `document.${last.kind}`,
      timestamp: last.at,
      data: {
        document: document(walk, progress, last),
        signer: acting && signer(acting),
        reason: last.reason,
      },
    };
    return [Buffer.from(JSON.stringify(body))];
  },
};

function document(walk: Walk, { at, recipients }: Progress, last: Step) {
  return {
    id: walk.externalId,
    name: walk.title,
    status: statusOf(last, recipients),
    createdAt: at.created ?? at.sent,
    updatedAt: last.at,
    sentAt: at.sent,
    completedAt: at.completed,
    declinedAt: at.declined,
    voidedAt: at.voided,
    expiredAt: at.expired,
    sender: walk.sender,
    signers: recipients.map(signer),
    metadata: walk.fields,
    amount: walk.amount?.value,
    currency: walk.amount?.currency ?? undefined,
  };
}

function statusOf({ kind }: Step, recipients: RecipientProgress[]): string {
  if (kind === "created") return "draft";
  if (kind !== "viewed" && kind !== "signed") return kind;
  return recipients.some((one) => one.signed) ? "partially_signed" : "viewed";
}

function signer(one: RecipientProgress) {
  return {
    id: one.key,
    name: one.name,
    email: one.email,
    role: "signer",
    order: one.order,
    status: signerStatus(one),
    viewedAt: one.viewed,
    signedAt: one.signed,
    declinedAt: one.declined,
  };
}

function signerStatus(one: RecipientProgress): string {
  if (one.declined) return "declined";
  if (one.signed) return "signed";
  return one.viewed ? "viewed" : "pending";
}
