import { progressOf, type RecipientProgress, type Step, type Walk } from "../vendor-side.ts";

/** The document of a walk after its last step. Null before the first. */
export function document(walk: Walk, steps: readonly Step[]) {
  const last = steps.at(-1);
  if (last === undefined) return null;
  const { at, recipients, reason } = progressOf(walk, steps);
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
    declineReason: at.declined && reason,
    voidReason: at.voided && reason,
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

export function signer(one: RecipientProgress) {
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
