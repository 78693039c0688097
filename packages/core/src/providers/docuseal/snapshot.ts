import type { EventType } from "../../contract-event.ts";
import { earliest, type Happening } from "../facts.ts";
import type { Party, Submission } from "./submission.ts";

/**
 * What a submission and its parties show, with their own times. `receivedAt` dates a status without one: a
 * retry shows the state at the time it is sent, which may be much later than its event.
 */
export function snapshot(submission: Submission, receivedAt: string): Happening[] {
  const { status, whole, parties } = submission;
  const shown = (word: string, at: string) => (status === word ? at : undefined);
  const refusal = parties.find((one) => one.declined_at !== undefined);
  return [
    ...milestone("contract.created", submission.createdAt),
    ...milestone("contract.sent", earliest(parties.map((one) => one.sent_at))),
    ...parties.flatMap(partyMilestones),
    ...milestone(
      "contract.completed",
      whole?.completed_at ?? shown("completed", lastSignature(parties[0], receivedAt)),
    ),
    ...milestone(
      "contract.declined",
      refusal?.declined_at ?? shown("declined", receivedAt),
      refusal?.decline_reason,
    ),
    ...milestone("contract.voided", cancelledAt(submission)),
    ...milestone("contract.expired", expiredAt(submission, receivedAt)),
    ...logged(submission),
  ];
}

function milestone(type: EventType, at: string | undefined, reason?: string): Happening[] {
  return at === undefined ? [] : [{ type, at, reason }];
}

function partyMilestones(one: Party): Happening[] {
  const about = (type: EventType, at: string | undefined, reason?: string): Happening[] =>
    milestone(type, at, reason).map((happening) => ({ ...happening, recipient: one.id }));
  return [
    ...about("recipient.sent", one.sent_at),
    ...about("recipient.viewed", one.opened_at),
    ...about("recipient.signed", one.completed_at),
    ...about("recipient.declined", one.declined_at, one.decline_reason),
  ];
}

/**
 * One party's body says that all have signed, but not when. A first try follows the last signature at once,
 * a retry comes after a minute or more and may show an end that came later: then it is known to be past.
 */
function lastSignature(party: Party | undefined, receivedAt: string): string {
  const signedAt = party?.completed_at ?? "";
  const isFirstTry = Date.parse(receivedAt) - Date.parse(signedAt) < 60_000;
  return isFirstTry ? signedAt : receivedAt;
}

/** Archived while it was open. A body that does not show the status does not show that. */
function cancelledAt({ status, whole }: Submission): string | undefined {
  const at = whole?.archived_at;
  if (at === undefined || status === undefined) return undefined;
  const hadExpired = status === "expired" && (whole?.expire_at ?? "") <= at;
  return status === "completed" || status === "declined" || hadExpired ? undefined : at;
}

function expiredAt(submission: Submission, receivedAt: string): string | undefined {
  if (submission.status !== "expired" || cancelledAt(submission) !== undefined) return undefined;
  return submission.whole?.expire_at ?? receivedAt;
}

/** Found in the audit trail alone. Whoever delegates hands on their own place: it keeps its id. */
const inTrailOnly = new Map<string, EventType>([
  ["bounce_email", "recipient.bounced"],
  ["fail_kba", "recipient.auth_failed"],
  ["delegate_form", "contract.corrected"],
]);

function logged({ whole }: Submission): Happening[] {
  return (whole?.submission_events ?? []).flatMap((entry) => {
    const type = inTrailOnly.get(entry?.event_type ?? "");
    const at = entry?.event_timestamp;
    if (type === undefined || at === undefined) return [];
    const recipient = type.startsWith("recipient.") ? (entry?.submitter_id ?? null) : null;
    const isAboutNobody = type.startsWith("recipient.") && recipient === null;
    return isAboutNobody ? [] : [{ type, recipient, at, mark: entry?.id ?? at }];
  });
}
