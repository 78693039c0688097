import { z } from "zod";
import { readSince } from "./read-since.ts";
import type { TaskEnd } from "./task-end.ts";

/** What every app's `rehearse` takes: `countersign` runs one after the other with the same words. */
export const rehearsalOptions = z.object({
  config: z
    .string({ error: "must name the changed countersign.yaml" })
    .describe("The changed countersign.yaml"),
  since: z.string().default("30d").describe("From when on: 30d, 12h, or a date. 30d unless given"),
});

/** From when on is rehearsed; what to say where that is no time. */
export function rehearsedFrom(
  since: string,
  now: Date,
): { is: "from"; at: Date } | (TaskEnd & { is: "refused" }) {
  const at = readSince(since, now);
  if (at !== null) return { is: "from", at };
  const text = `--since ${since} is not a time: give 30d, 12h, or a date such as 2026-11-01.`;
  return { is: "refused", text, data: { code: "since" } };
}
