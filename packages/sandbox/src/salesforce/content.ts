import { createHash } from "node:crypto";
import type { Attached } from "../crm-fake.ts";
import type { Fields } from "../crm-journal.ts";
import { toLongId } from "./record-id.ts";

/** Files with what they hang on, and tasks. A version's bytes stand beside its fields. */
export type Content = {
  versions: { fields: Fields; bytes: Buffer }[];
  links: Fields[];
  tasks: Fields[];
};

export function emptyContent(): Content {
  return { versions: [], links: [], tasks: [] };
}

/** An id of the kind that the prefix stands for: `068` a ContentVersion, `069` a ContentDocument, `06A` a link, `00T` a Task. */
export function contentId(prefix: string, number: number): string {
  return toLongId(`${prefix}${String(number).padStart(12, "0")}`);
}

export function attachedTo({ versions, links, tasks }: Content, recordId: string): Attached {
  const shared = links.filter(({ LinkedEntityId }) => LinkedEntityId === recordId);
  const documents = new Set(shared.map(({ ContentDocumentId }) => ContentDocumentId));
  const files = versions.filter(({ fields }) => documents.has(fields["ContentDocumentId"] ?? null));
  return {
    files: files.map(({ fields, bytes }) => ({
      id: String(fields["Id"]),
      name: `${String(fields["Title"])}.${String(fields["FileExtension"])}`,
      size: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    })),
    notes: tasks
      .filter(({ WhatId }) => WhatId === recordId)
      .map((task) => ({
        id: String(task["Id"]),
        at: String(task["ActivityDate"]),
        text: `${String(task["Subject"])}\n${String(task["Description"])}`,
      })),
  };
}
