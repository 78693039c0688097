import { WorkspaceAway } from "./workspace-away.ts";

/** A workspace begins or ends to refuse our token. */
export type WorkspaceChange =
  | { workspace: string; paused: true; code: string; advice: string }
  | { workspace: string; paused: false };

/** Holds each workspace back by itself while it refuses our token: one alert when that begins, one when it ends. */
export type Pauses = {
  /** What to throw instead of calling; null where the workspace may be called. */
  standing: (workspace: string) => WorkspaceAway | null;
  /** What to throw for a call that was refused. */
  refused(workspace: string, code: string, advice: string, cause: unknown): WorkspaceAway;
  worked: (workspace: string) => void;
};

/** How long nobody calls after a refusal, in milliseconds: twice as long each time, up to ten minutes. */
const wait = { first: 30_000, longest: 600_000 };

type Pause = { code: string; advice: string; until: number; length: number };

export function createPauses(now: () => Date, onChange: (change: WorkspaceChange) => void): Pauses {
  const pauses = new Map<string, Pause>();
  const away = (workspace: string, pause: Pause, cause?: unknown) => {
    const seconds = Math.max(1, Math.ceil((pause.until - now().getTime()) / 1_000));
    return new WorkspaceAway({ workspace, ...pause }, seconds, { cause });
  };
  return {
    standing(workspace) {
      const pause = pauses.get(workspace);
      return pause === undefined || pause.until <= now().getTime() ? null : away(workspace, pause);
    },
    refused(workspace, code, advice, cause) {
      const before = pauses.get(workspace);
      const time = now().getTime();
      // Calls that were under way together are refused together: that is one refusal.
      const isNews = before === undefined || before.until <= time;
      const length = Math.min(wait.longest, before === undefined ? wait.first : before.length * 2);
      const pause = isNews ? { code, advice, until: time + length, length } : before;
      pauses.set(workspace, pause);
      if (before === undefined) onChange({ workspace, paused: true, code, advice });
      return away(workspace, pause, cause);
    },
    worked(workspace) {
      if (pauses.delete(workspace)) onChange({ workspace, paused: false });
    },
  };
}
