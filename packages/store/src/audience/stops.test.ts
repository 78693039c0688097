import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../store.ts";
import { openTestStore } from "../testing/index.ts";
import { losePlace, savePlace } from "./places.ts";
import { readStops } from "./stops.ts";
import { changeSubscription, saveSubscription, stopSubscriptions } from "./subscriptions.ts";

let store: Store;
let now = new Date("2026-05-04T09:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
});
afterAll(async () => store.close());

const sales = { destination: "slack", workspace: "T1", channel: "C1" };

it("finds each channel and person that was lost once, until it is there again", async () => {
  const began = now;
  const ids = [];
  for (const madeBy of ["U2", "U1", "U2"]) {
    ids.push(await saveSubscription(store, { ...sales, rule: {}, madeBy }));
  }
  await stopSubscriptions(store, sales, { code: "is_archived", message: "" });
  now = new Date("2026-05-04T10:00:00Z");
  const dana = { destination: "slack", channel: "D1", workspace: "T1", person: "U1" };
  await savePlace(store, dana);
  await savePlace(store, { ...dana, channel: "C2", person: null });
  for (const channel of ["D1", "C2"]) await losePlace(store, { ...dana, channel }, "user_disabled");
  const channel = { workspace: "T1", channel: "C1", person: null, code: "is_archived" };
  const person = { workspace: "T1", channel: "D1", person: "U1", code: "user_disabled" };
  expect(await readStops(store, "slack", began)).toEqual([
    { ...channel, at: began, madeBy: ["U1", "U2"] },
    { ...person, at: now, madeBy: [] },
  ]);
  expect(await readStops(store, "slack", now)).toHaveLength(1);
  for (const id of ids) await changeSubscription(store, id, { rule: {}, madeBy: "U1" });
  expect(await readStops(store, "slack", began)).toHaveLength(1);
});
