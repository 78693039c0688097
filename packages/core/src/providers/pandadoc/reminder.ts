import { z } from "zod";
import { limits } from "../../limits.ts";
import type { Answer } from "../client.ts";
import { lenient } from "../lenient.ts";
import { ok } from "../rest.ts";
import { signs, type PandaDocument } from "./document.ts";

/** The keys of those whose turn it is: who has not signed, and of them the first in the signing order. */
export function whoseTurn({ recipients = [] }: PandaDocument): string[] {
  const waiting = recipients.filter((one) => signs(one) && !one.hasCompleted);
  const first = Math.min(...waiting.map((one) => one.order ?? 0));
  return waiting.filter((one) => (one.order ?? 0) === first).map((one) => one.key);
}

/** The body of POST /public/v1/documents/{id}/send-reminder: openapi.yaml, createManualReminder. */
export function reminderBody(keys: string[]): object {
  const reminders = keys.map((key) => ({
    recipient_id: key,
    delivery_methods: { email: true, sms: false },
  }));
  return { reminders };
}

const result = z.object({
  result: lenient.list({
    email: lenient.object({ status: lenient.word, detail: lenient.text(limits.reason) }),
  }),
});

/** The call succeeds whatever became of each mail; it was in vain where none was sent. */
export function reminderOutcome(json: unknown): Answer<null> {
  const mails = result.safeParse(json).data?.result?.map((one) => one?.email) ?? [];
  if (mails.some((mail) => mail?.status === "sent")) return ok(null);
  const why = mails.map((mail) => mail?.detail).find((detail) => detail !== undefined);
  return { outcome: "refused", code: "not-sent", message: why ?? "PandaDoc sent no reminder." };
}
