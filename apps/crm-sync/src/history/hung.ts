import type { Effect } from "@countersign/store";
import { z } from "zod";
import { fieldWriteKind } from "../write-back/field-write.ts";

/** What goes with a record beside its fields, or was to. */
export type Hung = {
  /**
   * `files`: the contract's files as a whole, which could not be listed. `field`: what the contract itself names the
   * record by, at its provider.
   */
  what: "file" | "note" | "files" | "field";
  title: string | null;
  /** Of the file as it was sent, in hex. */
  sha256: string | null;
};

const plan = z.object({
  title: z.string().optional(),
  subject: z.string().optional(),
  field: z.string().optional(),
});
const sent = z.object({ sha256: z.string() });

/** null for a change of a record's fields. */
export function readHung({ kind, plan: planned, after }: Effect): Hung | null {
  const what = kinds[kind];
  if (what === undefined) return null;
  const { title, subject, field } = plan.parse(planned);
  const { sha256 = null } = sent.safeParse(after).data ?? {};
  return { what, title: title ?? subject ?? field ?? null, sha256 };
}

const kinds: Readonly<Record<string, Hung["what"]>> = {
  "file.attach": "file",
  "note.add": "note",
  "file.list": "files",
  [fieldWriteKind]: "field",
};
