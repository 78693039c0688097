import type { CrmFilesSettings } from "@countersign/service";
import type { Wants } from "./attachments.ts";

/** What a CRM's section of countersign.yaml wants; no files and notes unless it says so. */
export function wantsOf({ files, notes, writeBack }: CrmFilesSettings): Wants {
  return {
    files: files ?? { signed: false, certificate: false },
    notes: notes === "milestones",
    writeBack,
  };
}

export function wantsFiles({ files }: Wants): boolean {
  return files.signed || files.certificate;
}
