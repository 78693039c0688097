import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../store.ts";
import { openTestStore } from "../testing/index.ts";
import { losePlace, readPlace, regainPlace, savePlace } from "./places.ts";

let store: Store;
const now = new Date("2026-05-04T09:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
});
afterAll(async () => store.close());

const dana = { destination: "slack", channel: "D1", workspace: "T1", person: "U1" };

it("remembers where a channel is, and when it was lost", async () => {
  await savePlace(store, dana);
  await savePlace(store, { ...dana, workspace: "T2" });
  expect(await readPlace(store, "slack", "D1")).toEqual({ ...dana, lost: null });
  await losePlace(store, dana, "user_disabled");
  const asked = ["D1", "D2", "D1"].map((channel) => readPlace(store, "slack", channel));
  const lost = { ...dana, lost: { at: now, code: "user_disabled" } };
  expect(await Promise.all(asked)).toEqual([lost, null, lost]);
  await regainPlace(store, dana);
  expect(await readPlace(store, "slack", "D1")).toEqual({ ...dana, lost: null });
});
