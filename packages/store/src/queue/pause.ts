/** Holds a destination back while it refuses our credentials: one alert when that begins, one when it ends. */
export type Pause = {
  /** Seconds left to wait; 0 when the destination may be called. */
  secondsLeft(): number;
  refused(code: string, message: string): void;
  worked(): void;
};

export type PauseChange = { paused: true; code: string; message: string } | { paused: false };

const retryAfterSeconds = 30;

export function createPause(now: () => Date, onChange: (change: PauseChange) => void): Pause {
  let until: number | null = null;
  return {
    secondsLeft: () =>
      until === null ? 0 : Math.max(0, Math.ceil((until - now().getTime()) / 1_000)),
    refused(code, message) {
      const first = until === null;
      until = now().getTime() + retryAfterSeconds * 1_000;
      if (first) onChange({ paused: true, code, message });
    },
    worked() {
      if (until === null) return;
      until = null;
      onChange({ paused: false });
    },
  };
}
