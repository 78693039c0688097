import { createHash } from "node:crypto";
import type { Attached } from "../crm-fake.ts";

export type StoredFile = {
  id: string;
  /** Without its extension. */
  name: string;
  extension: string;
  /** With folder, name and extension; unique. */
  path: string;
  access: string;
  bytes: Buffer;
  createdAt: string;
};

export type Note = {
  id: string;
  properties: Record<string, string | null>;
  /** The deals that it is associated with. */
  deals: string[];
  createdAt: string;
};

/** The account's files, and the notes of its records. */
export type Timeline = { files: Map<string, StoredFile>; notes: Map<string, Note> };

export function emptyTimeline(): Timeline {
  return { files: new Map(), notes: new Map() };
}

/** A number that no file or note has had yet. */
export function nextId({ files, notes }: Timeline): string {
  return String(70_000 + files.size + notes.size + 1);
}

export function notesOf({ notes }: Timeline, dealId: string): Note[] {
  return [...notes.values()].filter(({ deals }) => deals.includes(dealId));
}

/** A deal's notes, and the files that these hold. */
export function attachedTo(timeline: Timeline, dealId: string): Attached {
  const notes = notesOf(timeline, dealId);
  const fileIds = notes.flatMap(({ properties }) =>
    (properties["hs_attachment_ids"] ?? "").split(";").filter((id) => id !== ""),
  );
  return {
    files: fileIds.flatMap((id) => {
      const file = timeline.files.get(id);
      if (file === undefined) return [];
      const sha256 = createHash("sha256").update(file.bytes).digest("hex");
      return [{ id, name: `${file.name}.${file.extension}`, size: file.bytes.length, sha256 }];
    }),
    notes: notes.map(({ id, properties }) => ({
      id,
      at: properties["hs_timestamp"] ?? "",
      text: properties["hs_note_body"] ?? "",
    })),
  };
}
