import { z } from "zod";
import { limits } from "../../limits.ts";
import type { AuditEntry } from "../client.ts";
import { lenient } from "../lenient.ts";
import { camelKeys } from "./schema.ts";

const short = lenient.text(limits.note);

const person = z.object({ name: lenient.text(limits.name), email: lenient.email }).optional();

/** ziasign.com/docs/audit-trail tells what an entry holds; the names of its fields are guesses. */
const entry = z.object({
  action: short,
  event: short,
  timestamp: lenient.instant,
  at: lenient.instant,
  createdAt: lenient.instant,
  actor: lenient.first(
    (value) => (typeof value === "string" ? { name: value } : value),
    person.catch(undefined),
  ),
  actorName: lenient.text(limits.name),
  actorEmail: lenient.email,
  ip: short,
  ipAddress: short,
  device: short,
  browser: short,
  authenticationMethod: short,
  location: short,
});

const trail = lenient.first(
  (value) => (Array.isArray(value) ? value : []),
  z.array(lenient.first(camelKeys, entry.optional().catch(undefined))),
);

const document = z.object({ auditTrail: trail, audit: trail, auditEntries: trail });

/** The entries in a document, which may stand in `data` or `document`. */
export function auditEntries(answer: unknown): AuditEntry[] {
  const around = z.object({ data: z.unknown(), document: z.unknown() }).partial();
  const { data, document: inner } = around.safeParse(answer).data ?? {};
  const { document: nested } = around.safeParse(data).data ?? {};
  return [answer, data, inner, nested].flatMap((value) => {
    const read = document.safeParse(camelKeys(value)).data;
    const entries = [read?.auditTrail, read?.audit, read?.auditEntries].flatMap(
      (list) => list ?? [],
    );
    return entries.flatMap((one) => (one && entryOf(one)) ?? []);
  });
}

function entryOf(read: z.infer<typeof entry>): AuditEntry | null {
  const at = read.timestamp ?? read.at ?? read.createdAt;
  const action = read.action ?? read.event;
  if (at === undefined || action === undefined) return null;
  const name = read.actor?.name ?? read.actorName ?? null;
  const email = read.actor?.email ?? read.actorEmail ?? null;
  const detail = [read.device, read.browser, read.authenticationMethod, read.location];
  return {
    at,
    action,
    actor: name === null && email === null ? null : { name, email },
    ip: read.ipAddress ?? read.ip ?? null,
    detail: detail.filter((part) => part !== undefined).join(", ") || null,
  };
}
