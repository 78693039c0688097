import { vi } from "vitest";

/** Waits until the check passes, for as long as a busy machine may take. */
export function until<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 15_000, interval: 10 });
}
