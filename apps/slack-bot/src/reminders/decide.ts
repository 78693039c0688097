import { openStatuses, type Contract } from "@countersign/core";
import type { Effect } from "@countersign/store";
import { z } from "zod";
import { partiesOf } from "../contracts/parties.ts";

/** How a reminder stands in the ledger; its destination is the provider. */
export const remindKind = "remind";

const ReminderPlan = z.object({ by: z.string(), whom: z.array(z.string().nullable()) });

/** Who asked for it, by Slack id, and whose turn it was, by name or address. */
export type ReminderPlan = z.infer<typeof ReminderPlan>;

/** Who reminded whom, of a reminder's effect; null where it is none, or of another version of this app. */
export function readReminder({ kind, plan }: Pick<Effect, "kind" | "plan">): ReminderPlan | null {
  return kind === remindKind ? (ReminderPlan.safeParse(plan).data ?? null) : null;
}

/** How long after one reminder the next one may follow, in milliseconds. */
export const reminderPause = 4 * 3_600_000;

/** The code of a reminder of which nobody knows whether it was sent. */
export const unknownEnd = "no-answer";

/** Whether a contract's signers can be reminded now. */
export type ReminderStanding =
  /** `stale`: an earlier one that was cut off and is to be given up. */
  | { kind: "now"; key: string; whom: (string | null)[]; stale: Effect[] }
  | { kind: "ended" }
  | { kind: "nobody" }
  | { kind: "too-soon" | "in-doubt"; by: string | null; at: Date; again: Date };

/** `effects`: what the ledger has of this contract at its provider, oldest first. */
export function decideReminder(
  contract: Contract,
  effects: readonly Effect[],
  now: Date,
): ReminderStanding {
  if (!openStatuses.has(contract.status)) return { kind: "ended" };
  const whom = partiesOf(contract).flatMap(({ isNext, name }) => (isNext ? [name] : []));
  if (whom.length === 0) return { kind: "nobody" };
  const reminders = effects.filter(({ kind }) => kind === remindKind);
  const recent = reminders.findLast(
    (effect) => mayHaveGoneOut(effect) && timeOf(effect).getTime() + reminderPause > now.getTime(),
  );
  if (recent !== undefined) return waitFor(recent);
  const last = reminders.at(-1);
  const next = `remind/${contract.id}/${reminders.length + 1}`;
  const key = last !== undefined && isGivenBack(last) ? last.key : next;
  return { kind: "now", key, whom, stale: reminders.filter(isUnderWay) };
}

function waitFor(recent: Effect): ReminderStanding {
  const at = timeOf(recent);
  return {
    kind: recent.status === "done" ? "too-soon" : "in-doubt",
    by: readReminder(recent)?.by ?? null,
    at,
    again: new Date(at.getTime() + reminderPause),
  };
}

function mayHaveGoneOut(effect: Effect): boolean {
  return effect.status === "done" || isUnderWay(effect) || effect.code === unknownEnd;
}

function isUnderWay({ status, calledAt }: Effect): boolean {
  return status === "planned" && calledAt !== null;
}

/** Nobody has called, and its key can be claimed again. */
function isGivenBack({ status, calledAt }: Effect): boolean {
  return status === "planned" && calledAt === null;
}

function timeOf({ calledAt, plannedAt }: Effect): Date {
  return calledAt ?? plannedAt;
}
