import type { EventType } from "../../contract-event.ts";
import type { Happening } from "../facts.ts";
import {
  isFinished,
  isOutFor,
  isWaitedFor,
  signs,
  type Agreement,
  type Participant,
} from "./agreement.ts";

/**
 * What the statuses prove. They have no times of their own, so they borrow that of the report. CANCELLED and
 * ABORTED prove nothing here: a decline and a recall look alike.
 */
export function snapshot(agreement: Agreement, reportedAt: string): Happening[] {
  const { status, createdAt, participants = [] } = agreement;
  return [
    ...about("contract.created", createdAt),
    ...about("contract.sent", isOutFor(status) ? reportedAt : undefined),
    ...about("contract.completed", isFinished(status) ? reportedAt : undefined),
    ...about("contract.expired", status === "EXPIRED" ? reportedAt : undefined),
    ...participants.flatMap((one) =>
      typesOf(one, status).map((type) => ({ type, recipient: one.key, at: reportedAt })),
    ),
  ];
}

function typesOf(one: Participant, status: string | undefined): EventType[] {
  if (one.isReplaced) return ["recipient.reassigned"];
  if (isOutFor(status) && isWaitedFor(one)) return ["recipient.sent"];
  const hasSigned = one.status === "COMPLETED" && signs(one.role) && !one.isOneOfSeveral;
  return hasSigned ? ["recipient.signed"] : [];
}

function about(type: EventType, at: string | undefined): Happening[] {
  return at === undefined ? [] : [{ type, at }];
}
