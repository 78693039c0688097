import type { PauseChange } from "@countersign/store";

/** Why nothing is posted now. */
export type PausedBy = { code: string; advice: string };

/** Remembers whether following is paused, for whoever asks. */
export type PauseMemory = {
  note: (change: PauseChange) => void;
  paused: () => PausedBy | null;
};

export function rememberPause(): PauseMemory {
  let current: PausedBy | null = null;
  return {
    note(change) {
      current = change.paused ? { code: change.code, advice: change.message } : null;
    },
    paused: () => current,
  };
}
