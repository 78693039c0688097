import { afterAll, beforeAll, expect, it } from "vitest";
import { claimEffect, settleEffect } from "./effects.ts";
import { readLastLoose } from "./loose-effects.ts";
import type { Store } from "./store.ts";
import { openTestStore } from "./testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => store.close());

async function claim(key: string, target = "C1") {
  const about = { destination: "slack", contractId: null, kind: "digest" };
  const { effect } = await claimEffect(store, { ...about, key, target, plan: { key } });
  return () => settleEffect(store, effect.id, { status: "done", outsideId: "1.2" });
}

it("finds the last that was done", async () => {
  for (const [key, target] of [["d/1"], ["d/2"], ["e/3"], ["d/4", "C2"]] as const) {
    await (
      await claim(key, target)
    )();
  }
  await claim("d/5");
  const asked = { destination: "slack", target: "C1" };
  expect(await readLastLoose(store, { ...asked, keyStart: "d/" })).toEqual({ key: "d/2" });
  expect(await readLastLoose(store, { ...asked, keyStart: "x/" })).toBeNull();
});
