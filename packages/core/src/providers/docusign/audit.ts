import { z } from "zod";
import { limits } from "../../limits.ts";
import type { AuditEntry } from "../client.ts";
import { lenient, textOf } from "../lenient.ts";

const trail = z.object({
  auditEvents: lenient.list({
    eventFields: lenient.list({ name: lenient.word, value: z.unknown() }),
  }),
});

/**
 * `auditEvents[].eventFields[]` by name. The names are from memory (logTime, Action, UserName,
 * ClientIPAddress, Message), so their case does not count; what has no time or action is left out.
 */
export function auditEntries(body: unknown): AuditEntry[] {
  const events = trail.safeParse(body).data?.auditEvents ?? [];
  return events.flatMap((event) => entryOf(event?.eventFields ?? []) ?? []);
}

type Fields = ({ name?: string | undefined; value?: unknown } | null)[];

function entryOf(fields: Fields): AuditEntry | null {
  const text = (name: string, length: number) =>
    textOf(fields.find((field) => field?.name === name)?.value, length) ?? null;
  const at = lenient.instant.parse(text("logtime", limits.note));
  const action = text("action", limits.note);
  if (at === undefined || action === null) return null;
  const name = text("username", limits.name);
  return {
    at,
    action,
    actor: name === null ? null : { name, email: null },
    ip: text("clientipaddress", limits.note),
    detail: text("message", limits.reason) ?? text("information", limits.reason),
  };
}
