import { z } from "zod";
import { limits } from "../../limits.ts";
import type { AuditEntry } from "../client.ts";
import { lenient } from "../lenient.ts";

/** documenso/documenso at 75330166c, packages/lib/types/document-audit-logs.ts. Others keep their name. */
const actions = new Map([
  ["DOCUMENT_CREATED", "contract.created"],
  ["DOCUMENT_SENT", "contract.sent"],
  ["DOCUMENT_OPENED", "recipient.viewed"],
  ["DOCUMENT_RECIPIENT_COMPLETED", "recipient.signed"],
  ["DOCUMENT_RECIPIENT_REJECTED", "recipient.declined"],
  ["DOCUMENT_COMPLETED", "contract.completed"],
  ["DOCUMENT_CANCELLED", "contract.voided"],
]);

const page = z.object({
  data: lenient.list({
    type: lenient.text(limits.note),
    createdAt: lenient.instant,
    name: lenient.text(limits.name),
    email: lenient.email,
    ipAddress: lenient.text(limits.note),
    data: lenient.object({ reason: lenient.text(limits.reason) }),
  }),
});

/** The entries of one page; what has no time or no type is left out. */
export function auditEntriesIn(json: unknown): { entries: AuditEntry[]; listed: number } {
  const listed = page.safeParse(json).data?.data ?? [];
  const entries = listed.flatMap((read) => {
    if (read?.createdAt === undefined || read.type === undefined) return [];
    const { name = null, email = null } = read;
    return [
      {
        at: read.createdAt,
        action: actions.get(read.type) ?? read.type.toLowerCase().replaceAll("_", " "),
        actor: name === null && email === null ? null : { name, email },
        ip: read.ipAddress ?? null,
        detail: read.data?.reason ?? null,
      },
    ];
  });
  return { entries, listed: listed.length };
}
