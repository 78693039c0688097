import { expect, it, vi } from "vitest";
import { settleAtLast } from "./settle-at-last.ts";
import type { Settle, Settlement } from "./settle.ts";

const settlement: Settlement = { contractId: "a", done: ["j"], failed: null, againInSeconds: null };
const away = Object.assign(new Error("terminating connection"), { code: "57P01" });

/** Settles as the errors say, one after the other, then well. */
function scene(errors: Error[]) {
  const settle = vi.fn<Settle>(async () => {
    const error = errors.shift();
    if (error !== undefined) throw error;
  });
  const closing = new AbortController();
  const onError = vi.fn<(error: unknown) => void>();
  return { settle, closing, onError, atLast: settleAtLast(settle, closing.signal, onError) };
}

it("offers it again while the database is away", async () => {
  const { settle, onError, atLast } = scene([away]);
  await atLast(settlement);
  expect(settle.mock.calls).toEqual([[settlement], [settlement]]);
  expect(onError.mock.calls).toEqual([[away]]);
});

it("does not where it failed for another reason", async () => {
  const refused = new Error("invalid input syntax");
  const { settle, onError, atLast } = scene([refused]);
  await expect(atLast(settlement)).rejects.toBe(refused);
  expect(settle).toHaveBeenCalledTimes(1);
  expect(onError).not.toHaveBeenCalled();
});

it("keeps nobody up who wants to close", async () => {
  const { settle, closing, onError, atLast } = scene(Array.from({ length: 100 }, () => away));
  const settling = atLast(settlement);
  await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(1));
  closing.abort();
  await expect(settling).rejects.toBe(away);
  expect(settle).toHaveBeenCalledTimes(2);
});
