import { z } from "zod";
import { limits } from "../../limits.ts";
import type { AuditEntry } from "../client.ts";
import { lenient } from "../lenient.ts";
import type { Party } from "./submission.ts";

const trail = z.object({
  submission_events: lenient.list({
    submitter_id: lenient.text(limits.externalId),
    event_type: lenient.word,
    event_timestamp: lenient.instant,
    data: lenient.object({ ip: lenient.text(limits.note) }),
  }),
});

/** The entries of a submission's `submission_events`; of their `data` nothing but the address is read. */
export function auditTrailIn(submission: unknown, parties: Party[]): AuditEntry[] {
  const entries = trail.safeParse(submission).data?.submission_events ?? [];
  return entries.flatMap((entry) => {
    const { event_timestamp: at, event_type: action, submitter_id: id, data } = entry ?? {};
    if (at === undefined || action === undefined) return [];
    const party = parties.find((one) => one.id === id);
    const actor = party ? { name: party.name ?? null, email: party.email ?? null } : null;
    return [{ at, action, actor, ip: data?.ip ?? null, detail: null }];
  });
}
