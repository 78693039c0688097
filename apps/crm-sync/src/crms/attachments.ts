import type { HeldClaim } from "@countersign/store";
import type { IsTimely } from "./not-sent.ts";

/** A file on its way to a deal. */
export type NewFile = {
  /** Ours, in the CRM, for ever: by it the file is found again after a crash. Letters, digits and hyphens. */
  marker: string;
  /** For people, without an extension. */
  title: string;
  extension: string;
  contentType: string;
  /** When the contract was completed, ISO 8601 UTC. */
  at: string;
  /** The bytes on disk, which are read as they are sent. */
  content: Blob;
};

/** A note on its way to a deal. Plain text; `at` is when it happened, ISO 8601 UTC. */
export type NewNote = { marker: string; at: string; subject: string; lines: string[] };

/** For how long a file's calls may be made, and a signal that then ends the one that is under way. */
export type Lasting = Pick<HeldClaim, "isHeld" | "signal">;

/**
 * What a CRM hangs on a deal. No CRM knows a repetition from a new one, so whoever calls asks first by
 * `find…` where an earlier call may have got through. `again`: some of an earlier attempt may be there.
 * Errors are as those of `Crm`, and NotSent for a call that came too late.
 */
export type Attachments = {
  /** The CRM's id of what bears the marker, or null. */
  findFile(recordId: string, marker: string): Promise<string | null>;
  attachFile(recordId: string, file: NewFile, again: boolean, lasting: Lasting): Promise<string>;
  findNote(recordId: string, marker: string): Promise<string | null>;
  addNote(recordId: string, note: NewNote, isTimely: IsTimely): Promise<string>;
};

/** What countersign.yaml wants to hang on the deals of a CRM, and whether contracts are to name their deals. */
export type Wants = {
  files: { signed: boolean; certificate: boolean };
  notes: boolean;
  writeBack: boolean;
};
