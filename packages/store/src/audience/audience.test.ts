import { afterAll, beforeAll, expect, it } from "vitest";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { readPeopleByEmail } from "./people-by-email.ts";
import { readPeopleWithSettings, readPerson, savePerson, saveSettings } from "./people.ts";
import { quiet, readQuieted, readQuietedBy, unquiet } from "./quieted.ts";
import { forgetRequests, takeRequest } from "./requests.ts";
import {
  changeSubscription,
  readSubscriptions,
  removeSubscription,
  saveSubscription,
  stopSubscriptions,
} from "./subscriptions.ts";

let store: Store;
let now = new Date("2026-05-04T09:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
  for (const id of ["a", "b"]) {
    await record(store, aDelivery(`of ${id}`), aReport(id, aFact("contract.sent")));
  }
});
afterAll(async () => store.close());

const inSales = { destination: "slack", workspace: "T1", channel: "C1" };

it("keeps a channel's subscriptions until they are taken away, and stops them once", async () => {
  const id = await saveSubscription(store, { ...inSales, rule: { mode: "card" }, madeBy: "U1" });
  await saveSubscription(store, { ...inSales, channel: "C2", rule: {}, madeBy: "U1" });
  expect(await readSubscriptions(store, "slack", inSales)).toMatchObject([
    { id, rule: { mode: "card" }, madeBy: "U1", stopped: null },
  ]);
  const why = { code: "is_archived", message: "The channel is archived." };
  expect(await stopSubscriptions(store, inSales, why)).toEqual([id]);
  expect(await stopSubscriptions(store, inSales, why)).toEqual([]);
  expect((await readSubscriptions(store, "slack")).map(({ stopped }) => stopped)).toEqual([
    why,
    null,
  ]);
  expect(await changeSubscription(store, id, { rule: { mode: "list" }, madeBy: "U2" })).toBe(true);
  expect(await readSubscriptions(store, "slack", inSales)).toMatchObject([
    { rule: { mode: "list" }, madeBy: "U2", stopped: null },
  ]);
  expect(await removeSubscription(store, id)).toBe(true);
  expect(await removeSubscription(store, id)).toBe(false);
  expect(await readSubscriptions(store, "teams")).toEqual([]);
});

it("believes a person rather than the directory, in any spelling", async () => {
  const dana = { workspace: "T1", userId: "U1", timezone: null };
  await savePerson(store, { ...dana, email: "dana@old.example", isStated: false });
  await savePerson(store, { ...dana, email: "Dana@New.example", isStated: true });
  await savePerson(store, {
    ...dana,
    email: "dana@old.example",
    isStated: false,
    timezone: "Europe/Berlin",
  });
  await savePerson(store, {
    workspace: "T1",
    userId: "U0",
    email: "dana@new.example",
    isStated: false,
    timezone: null,
  });
  expect((await readPeopleByEmail(store, "dana@NEW.example")).map(({ userId }) => userId)).toEqual([
    "U1",
    "U0",
  ]);
  expect(await readPeopleByEmail(store, "dana@old.example")).toEqual([]);
  await saveSettings(store, dana, { quiet: true });
  expect(await readPerson(store, dana)).toMatchObject({
    email: "Dana@New.example",
    timezone: "Europe/Berlin",
    settings: { quiet: true },
  });
  await saveSettings(store, { workspace: "T1", userId: "U9" }, { digest: "daily" });
  expect((await readPeopleWithSettings(store)).map(({ userId }) => userId)).toEqual(["U1", "U9"]);
});

it("remembers the latest that somebody said of a contract", async () => {
  const contractId = "docusign/a";
  const by = { workspace: "T1", audience: "U1", contractId };
  await quiet(store, { ...by, until: now, madeBy: "U1" });
  await quiet(store, { ...by, until: null, madeBy: "U2" });
  await quiet(store, { ...by, contractId: "docusign/b", until: null, madeBy: "U1" });
  expect(await readQuieted(store, contractId)).toEqual([{ ...by, until: null, madeBy: "U2" }]);
  expect(await readQuietedBy(store, by)).toHaveLength(2);
  expect(await unquiet(store, by)).toBe(true);
  expect(await unquiet(store, by)).toBe(false);
  expect(await readQuieted(store, contractId)).toEqual([]);
});

it("lets one take a request, also of many at once", async () => {
  const taken = await Promise.all(Array.from({ length: 5 }, () => takeRequest(store, "trigger 1")));
  expect(taken.filter(Boolean)).toHaveLength(1);
  now = new Date("2026-05-05T09:00:00Z");
  expect(await takeRequest(store, "trigger 2")).toBe(true);
  expect(await forgetRequests(store, new Date("2026-05-05T00:00:00Z"))).toBe(1);
  expect(await takeRequest(store, "trigger 1")).toBe(true);
  expect(await takeRequest(store, "trigger 2")).toBe(false);
});
