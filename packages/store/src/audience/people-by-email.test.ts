import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../store.ts";
import { openTestStore } from "../testing/index.ts";
import { savePerson } from "./people.ts";
import { readPeopleByEmail } from "./people-by-email.ts";

let store: Store;
const now = new Date("2026-05-04T09:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
});
afterAll(async () => store.close());

it("finds many at once, in any spelling", async () => {
  const person = { workspace: "T1", timezone: null, isStated: false };
  await savePerson(store, { ...person, userId: "U1", email: "dana@one.example" });
  await savePerson(store, { ...person, userId: "U2", email: "Dana@One.example", isStated: true });
  const asked = ["DANA@one.example", "x", "dana@one.example"];
  const found = await Promise.all(asked.map((email) => readPeopleByEmail(store, email)));
  expect(found.map((people) => people.map(({ userId }) => userId))).toEqual([
    ["U2", "U1"],
    [],
    ["U2", "U1"],
  ]);
  expect(found[0]?.[0]).toMatchObject({ updatedAt: now, settings: {} });
});
