import { digestOf } from "../../digest.ts";
import {
  progressOf,
  type Progress,
  type RecipientProgress,
  type Step,
  type VendorSide,
  type Walk,
} from "../vendor-side.ts";
import { access, answer } from "./vendor-api.ts";
import { agreement, memberId, participantSets, second } from "./vendor-agreement.ts";

/** Webhooks with every conditional parameter but the signed document, in the shapes of Adobe's examples. */
export const vendorSide: VendorSide = {
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    if (last === undefined) return [];
    const progress = progressOf(walk, steps);
    return firedBy(last, progress).map((fired) => webhook(walk, progress, last, fired));
  },
  access,
  answer,
};

type Fired = { event: string; subEvent?: string; whom?: RecipientProgress | undefined };

/** One person's completion comes twice, as an action's and as a participant's. */
function firedBy(step: Step, progress: Progress): Fired[] {
  const whom = progress.recipients.find((one) => one.key === step.recipientKey);
  const turns = progress.recipients
    .filter((one) => one.sent?.getTime() === step.at.getTime())
    .map((one) => ({ event: "ACTION_REQUESTED", whom: one }));
  const fired: Record<Step["kind"], Fired[]> = {
    created: [{ event: "CREATED" }],
    sent: turns,
    viewed: [{ event: "EMAIL_VIEWED", whom }],
    signed: [
      { event: "ACTION_COMPLETED", whom },
      { event: "PARTICIPANT_COMPLETED", whom },
      ...turns,
    ],
    completed: [{ event: "WORKFLOW_COMPLETED" }],
    declined: [{ event: "REJECTED", whom }],
    voided: [{ event: "RECALLED", subEvent: "RECALLED" }],
    expired: [{ event: "EXPIRED", subEvent: "EXPIRED" }],
  };
  return fired[step.kind];
}

function webhook(walk: Walk, progress: Progress, step: Step, fired: Fired): Uint8Array {
  const { event, subEvent, whom } = fired;
  const person = whom ?? walk.sender;
  const comment = step.reason === undefined ? undefined : { comment: step.reason };
  const body = {
    webhookId: "9b7fc222-0c74-478b-9bde-8ac70a2dd163",
    webhookName: "Countersign",
    webhookNotificationId: digestOf([walk.externalId, event, whom?.key ?? null, +step.at]),
    webhookUrlInfo: { url: "https://hooks.example.com/webhooks/adobe-sign" },
    webhookScope: "ACCOUNT",
    event: `AGREEMENT_${event}`,
    subEvent,
    eventDate: second(step.at),
    eventResourceType: "agreement",
    participantRole: whom && "SIGNER",
    actionType: event === "ACTION_COMPLETED" ? "ESIGNED" : undefined,
    participantUserId: whom && memberId(walk, whom.key),
    participantUserEmail: person.email,
    actingUserEmail: event === "ACTION_REQUESTED" ? walk.sender.email : person.email,
    actingUserIpAddress: "192.0.2.7",
    initiatingUserEmail: walk.sender.email,
    agreementCancellationInfo: /REJECTED|RECALLED/.test(event) ? comment : undefined,
    agreementExpirationInfo: event === "EXPIRED" ? comment : undefined,
    agreement: {
      ...agreement(walk, progress),
      participantSetsInfo: { participantSets: participantSets(walk, progress) },
    },
  };
  return Buffer.from(JSON.stringify(body));
}
