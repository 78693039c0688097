import { z } from "zod";
import { limits } from "../../limits.ts";
import type { AuditEntry } from "../client.ts";
import { lenient } from "../lenient.ts";

/** The numeric actions of GET /public/v2/documents/{id}/audit-trail: openapi.yaml v8.8.0. */
const actions = new Map<number, string>([
  [1, "contract.created"],
  [2, "contract.corrected"],
  [3, "approval requested"],
  [4, "approved"],
  [5, "approval rejected"],
  [6, "contract.sent"],
  [7, "contract.completed"],
  [8, "recipient.viewed"],
  [9, "recipient.signed"],
  [10, "payment"],
  [11, "payment"],
  [12, "forwarded"],
  [13, "contract.expired"],
  [18, "contract.completed"],
  [19, "contract.expired"],
  [23, "recipient.reassigned"],
  [24, "recipient edited"],
  [25, "recipient added"],
  [26, "recipient deleted"],
  [27, "contract.declined"],
  [29, "edits suggested"],
  [43, "recipient.declined"],
  ...named("identity check passed", [47, 48, 49, 50, 69]),
  ...named("recipient.auth_failed", [51, 52, 53, 54, 70]),
  ...named("qualified signature", [55, 56, 57, 58]),
]);

function named(action: string, codes: number[]): [number, string][] {
  return codes.map((code) => [code, action]);
}

const page = z.object({
  results: lenient.list({
    user: lenient.object({ email: lenient.email }),
    action: lenient.read(Number),
    reason: lenient.text(limits.reason),
    date_created: lenient.instant,
    ip_address: lenient.text(limits.note),
  }),
});

/** The entries of one page; what has no time or no action is left out. */
export function auditEntriesIn(json: unknown): { entries: AuditEntry[]; listed: number } {
  const { data } = page.safeParse(json);
  const results = data?.results ?? [];
  const entries = results.flatMap((read) => {
    if (read?.date_created === undefined || Number.isNaN(read.action)) return [];
    return [
      {
        at: read.date_created,
        action: actions.get(read.action) ?? `action ${read.action}`,
        actor: read.user?.email === undefined ? null : { name: null, email: read.user.email },
        ip: read.ip_address ?? null,
        detail: read.reason ?? null,
      },
    ];
  });
  return { entries, listed: results.length };
}
