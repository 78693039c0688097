import type { EventType } from "../../contract-event.ts";
import { clip, limits } from "../../limits.ts";
import type { Happening } from "../facts.ts";
import { isFinished, isOutside, signs, type Agreement, type Moment } from "./agreement.ts";

/**
 * Adobe's names that mean one thing: webhook events without `AGREEMENT_` (developer.adobe.com/acrobat-sign,
 * "Agreement events") and types of GET /agreements/{id}/events (AdobeSignJavaSdk, `AgreementEvent.md`).
 */
const plain: readonly (readonly [EventType, RegExp])[] = [
  ["contract.created", /^CREATED(_FROM_WIDGET|_OFFLINE|_VIA_.*)?$/],
  ["recipient.viewed", /^(EMAIL|DOCUMENTS)_VIEWED/],
  ["recipient.signed", /^(ACTION|PARTICIPANT)_COMPLETED|^(E|DIG|WRITTEN_)?SIGNED$/],
  ["recipient.signed", /^(APPROVED|ACCEPTED|FORM_FILLED)$/],
  ["contract.voided", /^AUTO_CANCELLED_CONVERSION_PROBLEM$/],
  ["contract.expired", /^EXPIRED(_AUTOMATICALLY)?$/],
  ["contract.corrected", /^(MODIFIED|EXPIRATION_UPDATED|RESTARTED|SENDER_CREATED_NEW_REVISION)$/],
  ["recipient.bounced", /_BOUNCED$/],
  ["recipient.auth_failed", /_AUTHENTICATION_FAILED$/],
  ["recipient.reassigned", /DELEGATED$/],
];

const requests =
  /^(ACTION|SIGNATURE|APPROVAL|ACKNOWLEDGEMENT|FORM_FILLING|ACCEPTANCE|DELEGATION)_REQUESTED$/;

/** What the moment says happened, or a note of it where it changes no status or proves too little. */
export function trigger(moment: Moment, agreement: Agreement, reportedAt: string): Happening[] {
  const about = { at: moment.at ?? reportedAt, mark: moment.at ?? "" };
  const person = personIn(moment);
  const known = typesOf(moment, agreement).flatMap((type) => whom(type, moment, agreement) ?? []);
  const happenings = known.map((type) => ({
    type,
    recipient: type.startsWith("recipient.") ? (person ?? null) : null,
    ...about,
    reason: reasoned.has(type) ? moment.comment : null,
  }));
  if (happenings.length > 0) return happenings;
  return [noted(moment, about.at)];
}

/** Of nobody, as not every body shows whether the person it names is a recipient or the sender. */
function noted({ type, at = "", participant = "" }: Moment, reportedAt: string): Happening {
  const note = clip(`AGREEMENT_${type}`, limits.note);
  return { type: "contract.noted", at: reportedAt, mark: `${at} ${participant}`.trim(), note };
}

const reasoned: ReadonlySet<EventType> = new Set([
  "contract.declined",
  "contract.voided",
  "contract.expired",
  "recipient.declined",
]);

/** Declined and recalled share their status, CANCELLED or ABORTED, so only the event tells them apart. */
function typesOf({ type, subType }: Moment, { status }: Agreement): readonly EventType[] {
  if (requests.test(type)) return ["contract.sent", "recipient.sent"];
  if (type === "REJECTED") return ["contract.declined", "recipient.declined"];
  if (type.startsWith("RECALLED")) {
    const tooManyAttempts = /_MAX_SIGNING_/.test(`${type} ${subType ?? ""}`);
    return tooManyAttempts ? ["contract.voided", "recipient.auth_failed"] : ["contract.voided"];
  }
  if (type === "WORKFLOW_COMPLETED") return endingOf(status);
  return plain.filter(([, names]) => names.test(type)).map(([meaning]) => meaning);
}

/** A workflow "completes" when it is recalled or declined, too; then another event says which. */
function endingOf(status: string | undefined): readonly EventType[] {
  if (isFinished(status)) return ["contract.completed"];
  return status === "EXPIRED" ? ["contract.expired"] : [];
}

/** A view by nobody in particular still is one of the agreement; nothing else of nobody counts. */
function whom(type: EventType, moment: Moment, agreement: Agreement): EventType | undefined {
  if (!type.startsWith("recipient.")) return type;
  const role = roleOf(moment, agreement);
  if (isOutside(role) || (type === "recipient.signed" && !signs(role))) return undefined;
  if (personIn(moment) !== undefined) return type;
  return type === "recipient.viewed" ? "contract.viewed" : undefined;
}

function roleOf({ role, participant }: Moment, { participants }: Agreement): string | undefined {
  return role ?? participants?.find((one) => one.key === participant)?.role;
}

/** Of a delegation the participant is the new person, and who acted the one who passes it on. */
function personIn({ type, participant, acting }: Moment): string | undefined {
  if (!type.endsWith("DELEGATED")) return participant;
  return acting === participant ? undefined : acting;
}
