/** How far the clocks of sender and receiver may differ, and how long a request may travel, in seconds. */
export const usualTolerance = 300;

/** Whole seconds since 1970 as a header has them, or null where the text is anything else. */
export function unixSecondsIn(text: string): number | null {
  return /^\d{1,11}$/.test(text) ? Number(text) : null;
}

export function unixSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

/**
 * Whether a request that was signed at `seconds` may be believed at `now`. One from the future is as bad
 * as an old one: whoever got hold of it could keep it and send it later.
 */
export function isTimely(seconds: number, now: Date, toleranceSeconds: number): boolean {
  return Math.abs(unixSeconds(now) - seconds) <= toleranceSeconds;
}

/** `<part>.<part>.<body>` in two pieces: what is signed where a signature covers more than the body. */
export function dotted(parts: readonly (string | number)[], body: Uint8Array): Uint8Array[] {
  return [Buffer.from(`${parts.join(".")}.`), body];
}
