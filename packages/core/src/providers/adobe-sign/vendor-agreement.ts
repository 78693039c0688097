import { digestOf } from "../../digest.ts";
import {
  progressOf,
  type Progress,
  type RecipientProgress,
  type Step,
  type Walk,
} from "../vendor-side.ts";

/** A time as Adobe writes it. */
export function second(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** What webhooks and GET /agreements/{id} have in common. */
export function agreement(walk: Walk, { at }: Progress) {
  const created = at.created ?? at.sent;
  return {
    id: walk.externalId,
    name: walk.title,
    signatureType: "ESIGN",
    status: statusOf(at),
    createdDate: created && second(created),
    externalId: { id: externalIdOf(walk.fields) },
    locale: "en_US",
    message: `Please review and complete ${walk.title}.`,
    senderEmail: walk.sender.email,
  };
}

/** Adobe's only place for a CRM's id; several fields go there as JSON. */
function externalIdOf(fields: Record<string, string>): string | undefined {
  const entries = Object.entries(fields);
  const [first] = entries;
  if (first === undefined) return undefined;
  return entries.length === 1 && /^\S+$/.test(first[1]) ? first.join("=") : JSON.stringify(fields);
}

function statusOf(at: Progress["at"]): string {
  if (at.completed) return "SIGNED";
  if (at.declined ?? at.voided) return "CANCELLED";
  if (at.expired) return "EXPIRED";
  return at.sent ? "OUT_FOR_SIGNATURE" : "DRAFT";
}

export function memberId(walk: Walk, key: string): string {
  return `CBJ${digestOf([walk.externalId, "member", key])}`;
}

export function participantSets(walk: Walk, { at, recipients }: Progress) {
  return recipients.map((one) => ({
    id: `CBJ${digestOf([walk.externalId, "set", one.key])}`,
    role: "SIGNER",
    order: one.order,
    status: setStatus(one, at),
    memberInfos: [
      {
        id: memberId(walk, one.key),
        email: one.email,
        name: one.name,
        company: "Example",
        status: "ACTIVE",
        securityOption: { authenticationMethod: "NONE" },
      },
    ],
  }));
}

function setStatus(one: RecipientProgress, at: Progress["at"]): string {
  if (one.signed) return "COMPLETED";
  if (at.declined ?? at.voided) return "CANCELLED";
  if (at.expired) return "EXPIRED";
  return one.sent ? "WAITING_FOR_MY_SIGNATURE" : "NOT_YET_VISIBLE";
}

const types: Record<Exclude<Step["kind"], "sent">, string> = {
  created: "CREATED",
  viewed: "EMAIL_VIEWED",
  signed: "ESIGNED",
  completed: "ACTION_COMPLETED",
  declined: "REJECTED",
  voided: "RECALLED",
  expired: "EXPIRED",
};

/** GET /agreements/{id}/events: what happened, with no word for the completion of the whole. */
export function eventsOf(walk: Walk, steps: readonly Step[]) {
  return steps.flatMap((step, index) => {
    const { recipients } = progressOf(walk, steps.slice(0, index + 1));
    const whom = recipients.find((one) => one.key === step.recipientKey);
    const turns = recipients
      .filter((one) => one.sent?.getTime() === step.at.getTime())
      .map((one) => entry(walk, step, "ACTION_REQUESTED", one));
    return step.kind === "sent" ? turns : [entry(walk, step, types[step.kind], whom), ...turns];
  });
}

function entry(walk: Walk, step: Step, type: string, whom: RecipientProgress | undefined) {
  const acting = type === "ACTION_REQUESTED" ? walk.sender : (whom ?? walk.sender);
  return {
    type,
    date: second(step.at),
    description: `${type.toLowerCase().replaceAll("_", " ")} by ${acting.name}`,
    comment: step.reason,
    actingUserEmail: acting.email,
    actingUserName: acting.name,
    actingUserIpAddress: "192.0.2.7",
    participantEmail: whom?.email ?? walk.sender.email,
    participantId: whom && memberId(walk, whom.key),
    participantRole: whom ? "SIGNER" : "SENDER",
  };
}
