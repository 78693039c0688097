import { clip } from "@countersign/core";

/** What is to become of a contract's field that has been read. */
export type FieldPlan =
  | { do: "write"; from: string | null; to: string | null }
  | { do: "leave"; code: "already-there" | "other-value" | "no-place" | "ended"; message: string };

/** A field as it is now, and what is wished for. */
export type FieldNow = {
  name: string;
  wanted: string | null;
  /** What Countersign wrote last; null where that is nothing. */
  ours: string | null;
  /** What stands there. */
  present: string | null;
  obstacle: string | null;
};

/** Writes where nothing stands, or what Countersign wrote itself: anything else is a person's, and stays. */
export function planFieldWrite({ name, wanted, ours, present, obstacle }: FieldNow): FieldPlan {
  if (present === wanted) {
    const message =
      wanted === null ? `"${name}" is empty there.` : `"${name}" is "${wanted}" there already.`;
    return { do: "leave", code: "already-there", message };
  }
  if (present !== null && present !== ours) {
    const message = `"${name}" is "${clip(present, 60)}" there, which Countersign did not write: it stays. Correct it at the e-signature provider where it is wrong.`;
    return { do: "leave", code: "other-value", message };
  }
  if (obstacle !== null) return { do: "leave", code: "no-place", message: obstacle };
  return { do: "write", from: present, to: wanted };
}

/** Of a contract that has ended, at a provider that changes nothing of such. */
export const ended: FieldPlan & { do: "leave" } = {
  do: "leave",
  code: "ended",
  message: "The contract has ended, and its provider lets no field of such be changed.",
};

/**
 * How a write ended whose answer never came, by what stands there now. `free`: it was not made, and may be made;
 * `left`: somebody has written something else meanwhile.
 */
export function judgeDoubt(
  { from, to }: { from: string | null; to: string | null },
  present: string | null,
): "done" | "free" | "left" {
  if (present === to) return "done";
  // A change may take the old value away before it puts the new one there.
  return present === from || present === null ? "free" : "left";
}
