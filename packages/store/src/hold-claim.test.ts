import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { claimEffect, releaseEffect, settleEffect } from "./effects.ts";
import { heldFor, holdClaim } from "./hold-claim.ts";
import { readEffect } from "./read-effects.ts";
import type { Store } from "./store.ts";
import { openTestStore } from "./testing/index.ts";

let store: Store;
/** By how many milliseconds which clock is ahead. */
const ahead = { now: 0, wall: 0 };
const now = () => new Date(Date.UTC(2026, 10, 28) + ahead.now);
const wall = () => new Date(Date.UTC(2026, 10, 28) + ahead.wall);
beforeAll(async () => {
  store = { ...(await openTestStore()), now, wall };
});
afterAll(() => store.close());
beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function claimed(key: string) {
  const about = { destination: "hubspot-files", contractId: "docusign/a", target: "7" };
  const claim = await claimEffect(store, { key, ...about, kind: "file.attach", plan: {} });
  if (claim.may !== "call") throw new Error("It is not free.");
  return claim;
}

/** So much time passes, in which the claim is renewed as often as it should be. */
async function pass(milliseconds: number, key: string): Promise<void> {
  for (let left = milliseconds; left > 0; left -= 10_000) {
    ahead.now += 10_000;
    ahead.wall += 10_000;
    await vi.waitFor(async () => {
      vi.advanceTimersByTime(10_000);
      expect((await readEffect(store, key))?.calledAt).toEqual(store.now());
    });
  }
}

it("holds a claim for as long as it is renewed, and shows it to others", async () => {
  const held = holdClaim(store, await claimed("long"));
  await pass(120_000, "long");
  expect(held.isHeld()).toBe(true);
  const last = await held.end();
  expect(last.calledAt).toEqual(store.now());
  vi.advanceTimersByTime(60_000);
  await releaseEffect(store, last);
  expect(await readEffect(store, "long")).toMatchObject({ status: "planned", calledAt: null });
});

it.each(["now", "wall"] as const)(
  "has lost a claim that was not renewed for too long, by %s",
  async (clock) => {
    const held = holdClaim(store, await claimed(`slept by ${clock}`));
    ahead[clock] += heldFor;
    expect(held.isHeld()).toBe(true);
    ahead[clock] += 1;
    expect(held.isHeld()).toBe(false);
    expect(held.signal.aborted).toBe(false);
    vi.advanceTimersByTime(10_000);
    expect(held.signal.aborted).toBe(true);
    const before = await readEffect(store, `slept by ${clock}`);
    await held.end();
    expect(await readEffect(store, `slept by ${clock}`)).toEqual(before);
  },
);

it("has lost a claim that somebody else has taken", async () => {
  const claim = await claimed("taken");
  const held = holdClaim(store, claim);
  await releaseEffect(store, claim.effect);
  ahead.now += 1_000;
  const theirs = await claimed("taken");
  vi.advanceTimersByTime(10_000);
  await vi.waitFor(() => expect(held.signal.aborted).toBe(true));
  expect(held.isHeld()).toBe(false);
  await releaseEffect(store, await held.end());
  expect((await readEffect(store, "taken"))?.calledAt).toEqual(theirs.effect.calledAt);
});

it("leaves alone what has been settled", async () => {
  const claim = await claimed("settled");
  const held = holdClaim(store, claim);
  await settleEffect(store, claim.effect.id, { status: "done", outsideId: "9" });
  vi.advanceTimersByTime(10_000);
  await held.end();
  const effect = await readEffect(store, "settled");
  expect(effect).toMatchObject({ status: "done", calledAt: claim.effect.calledAt });
});

it.each(["never", "done"] as const)(
  "still holds a claim of which one renewal got no answer and was %s",
  async (end) => {
    const key = `unanswered and ${end}`;
    const held = holdClaim(store, await claimed(key));
    vi.spyOn(store.database, "query").mockImplementationOnce(() => {
      throw new Error("The connection was cut.");
    });
    ahead.now += 10_000;
    vi.advanceTimersByTime(10_000);
    if (end === "done") {
      const renewed = "update effects set called_at = $2 where key = $1";
      await store.database.query(renewed, [key, store.now()]);
    }
    await pass(30_000, key);
    expect(held.isHeld()).toBe(true);
    expect((await held.end()).calledAt).toEqual(store.now());
  },
);
