import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../store.ts";
import { openTestStore } from "../testing/index.ts";
import { forgetUnfurls, releaseUnfurl, takeUnfurl } from "./unfurled.ts";

let store: Store;
let now = new Date("2026-05-04T09:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
});
afterAll(async () => store.close());

const lease = { workspace: "T1", channel: "C1", subject: "contract docusign/lease" };
const take = (more = {}) =>
  takeUnfurl(store, { ...lease, ...more }, new Date(now.getTime() - 1_800_000));

it("lets one of many show a link in a channel, and nobody for a while", async () => {
  const taken = await Promise.all(Array.from({ length: 5 }, () => take()));
  expect(taken.filter(Boolean)).toHaveLength(1);
  now = new Date("2026-05-04T09:29:59Z");
  expect(await take()).toBe(false);
  expect(await take({ channel: "C2" })).toBe(true);
  expect(await take({ workspace: "T2" })).toBe(true);
  expect(await take({ subject: "contract docusign/other" })).toBe(true);
  now = new Date("2026-05-04T09:30:00Z");
  expect(await take()).toBe(true);
});

it("gives back what was not shown, and forgets", async () => {
  expect(await take()).toBe(false);
  await releaseUnfurl(store, lease);
  expect(await take()).toBe(true);
  expect(await forgetUnfurls(store, now)).toBe(3);
  expect(await take()).toBe(false);
});
