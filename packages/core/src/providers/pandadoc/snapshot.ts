import type { EventType } from "../../contract-event.ts";
import { earliest, type Happening } from "../facts.ts";
import { signs, type PandaDocument, type PandaRecipient } from "./document.ts";

/**
 * What each status proves. `voided` is what expiry sets, by itself or by hand; only one page of the
 * documentation knows `cancelled`. Approvals are the sender's own house and prove nothing: they are notes.
 */
const byStatus = new Map<string, EventType>([
  ["uploaded", "contract.created"],
  ["draft", "contract.created"],
  ["sent", "contract.sent"],
  ["viewed", "contract.viewed"],
  ["waiting_pay", "contract.completed"],
  ["completed", "contract.completed"],
  ["paid", "contract.completed"],
  ["voided", "contract.expired"],
  ["declined", "contract.declined"],
  ["cancelled", "contract.voided"],
]);

/** The statuses that say all there is to say; any other is noted besides. */
export function saysItAll(status: string): boolean {
  return byStatus.has(status) && status !== "waiting_pay" && status !== "paid";
}

/**
 * What the document and its recipients show, with their own times where they have some. A status borrows
 * the time of the last change, which it is at the latest: the earliest report stands.
 */
export function snapshot(document: PandaDocument, reportedAt: string): Happening[] {
  const type = byStatus.get(document.status ?? "");
  const isCompleted = type === "contract.completed";
  const completedAt = isCompleted ? document.completedAt : undefined;
  const changedAt = completedAt ?? reportedAt;
  return [
    ...milestone("contract.created", document.createdAt),
    ...milestone("contract.sent", document.sentAt),
    ...(type === undefined ? [] : [{ type, at: changedAt }]),
    ...(document.recipients ?? []).flatMap((one) =>
      signature(one, earliest([completedAt, reportedAt]) ?? reportedAt),
    ),
  ];
}

function milestone(type: EventType, at: string | undefined): Happening[] {
  return at === undefined ? [] : [{ type, at }];
}

/** Webhooks give nobody's own time of signing: it is `latestAt` at the latest. */
function signature(one: PandaRecipient, latestAt: string): Happening[] {
  if (!signs(one) || !(one.hasCompleted || one.signedAt !== undefined)) return [];
  return [{ type: "recipient.signed", recipient: one.key, at: one.signedAt ?? latestAt }];
}
