import type { Effect } from "@countersign/store";
import { z } from "zod";
import { markerOf } from "./marker.ts";
import type { Milestone } from "./milestones.ts";
import { isHung, keyOf, once, type Called } from "./once.ts";
import { filesDestination, type FilePorts } from "./ports.ts";

const plan = z.object({
  marker: z.string(),
  at: z.string(),
  subject: z.string(),
  lines: z.array(z.string()),
});

/** Notes a milestone on the record, once. False where it has been noted. */
export async function addNote(
  { store, crm }: FilePorts,
  { contractId, recordId, formerIds }: Called & { contractId: string },
  { key: name, at, subject, lines }: Milestone,
  effects: readonly Effect[],
): Promise<boolean> {
  const about = { destination: filesDestination(crm), contractId, recordId, formerIds, name };
  const hanging = { ...about, kind: "note.add", plan } as const;
  if (isHung(hanging, effects)) return false;
  await once(store, hanging, effects, {
    plan: () => ({ marker: markerOf(keyOf(hanging)), at, subject, lines }),
    find: ({ marker }) => crm.attachments.findNote(recordId, marker),
    ready: async () => null,
    make: async (note, _ready, _again, { isHeld }) => ({
      outsideId: await crm.attachments.addNote(recordId, note, isHeld),
      after: note,
    }),
  });
  return true;
}
