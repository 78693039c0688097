import type { Store } from "@countersign/store";
import { z } from "zod";
import { readHangings, type Subject } from "../../history/read-ledger.ts";
import type { FieldValue } from "../../mapping/mapping.ts";
import type { NotRestored, Restore } from "../../undo/plan-undo.ts";
import { previewUndo, undo, type NotRestoredNow } from "../../undo/undo.ts";
import { readSubject, subjectOptions } from "../subject.ts";
import type { Task, TaskResult } from "../task.ts";

const options = z.object({
  ...subjectOptions,
  since: z.coerce
    .date({ error: "must be a time such as 2026-11-27T08:00:00Z" })
    .optional()
    .describe("Only what was written since then"),
  yes: z.boolean().default(false).describe("Puts the values back; else it is only shown"),
});

export const task: Task<typeof options> = {
  name: "undo",
  summary: "Puts back the values that were replaced, where nobody has changed them since",
  options,
  async run({ since, yes, ...given }, tools) {
    const subject = readSubject(given);
    if ("is" in subject) return subject;
    const store = await tools.store();
    const restored: Restore[] = [];
    const left: (NotRestored | NotRestoredNow)[] = [];
    for (const crm of tools.crms()) {
      const selection = { ...subject, since };
      if (yes) {
        const end = await undo(store, crm, selection);
        restored.push(...end.restored);
        left.push(...end.left);
      } else {
        const plan = await previewUndo(store, crm, selection);
        restored.push(...plan.restores);
        left.push(...plan.left);
      }
    }
    return resultOf(restored, left, await readStaying(store, subject, since), yes);
  },
};

/** Files and notes are never taken off a record: people may have built on them. */
type Staying = { files: number; notes: number };

async function readStaying(
  store: Store,
  subject: Subject,
  since: Date | undefined,
): Promise<Staying> {
  const hung = (await readHangings(store, subject)).filter(
    ({ status, settledAt, plannedAt }) =>
      status === "done" && (since === undefined || (settledAt ?? plannedAt) >= since),
  );
  const count = (wanted: string) => hung.filter(({ kind }) => kind === wanted).length;
  return { files: count("file.attach"), notes: count("note.add") };
}

function resultOf(
  restored: readonly Restore[],
  left: readonly (NotRestored | NotRestoredNow)[],
  stays: Staying,
  yes: boolean,
): TaskResult {
  const lines = [
    ...restored.flatMap((one) => linesOf(one, yes)),
    ...left.map(({ target, field, message }) => {
      const what = field === null ? target.on : `${target.on}'s ${field}`;
      return `left: ${what} of ${target.recordId}: ${message}`;
    }),
  ];
  if (lines.length === 0) lines.push("There is nothing to undo.");
  if (stays.files + stays.notes > 0) {
    lines.push(
      `Files (${stays.files}) and notes (${stays.notes}) stay: undo takes none off. Remove them in the CRM where they must go.`,
    );
  }
  if (!yes && restored.length > 0) lines.push("Nothing was changed yet: add --yes to do it.");
  const data = { done: yes, restored: restored.map(toData), left: left.map(toData), stays };
  return { is: left.length > 0 ? "findings" : "done", text: lines.join("\n"), data };
}

function toData<Value extends object>(value: Value) {
  return { ...value };
}

function linesOf({ target, values, undoes }: Restore, yes: boolean): string[] {
  const done = yes ? "put back" : "would put back";
  const line = (name: string, from: FieldValue | null, to: FieldValue | null) =>
    `${done}: ${target.on} ${target.recordId}, ${name}: ${shown(from)} -> ${shown(to)}`;
  const ofFields = Object.entries(values.fields).map(([name, to]) =>
    line(name, undoes.fields[name] ?? null, to),
  );
  return values.stage === null
    ? ofFields
    : [line("stage", undoes.stage, values.stage), ...ofFields];
}

function shown(value: FieldValue | null): string {
  return value === null ? "(empty)" : JSON.stringify(value);
}
