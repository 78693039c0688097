import { afterAll, beforeAll, expect, it } from "vitest";
import { claimEffect, recordSkip, releaseEffect, settleEffect } from "../effects.ts";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import {
  beginNoise,
  endNoise,
  forgetNoise,
  noteSummed,
  readCollapsed,
  readNoise,
  readNoises,
} from "./noise.ts";

let store: Store;
let now = new Date("2026-05-04T09:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
  for (const id of ["a", "b"]) {
    await record(store, aDelivery(`of ${id}`), aReport(id, aFact("contract.sent")));
  }
});
afterAll(async () => store.close());

const sales = { destination: "slack", workspace: "T1", channel: "C1" };
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000));

function plan(key: string, contract = "a", kind = "line", target = "C1") {
  const contractId = `docusign/${contract}`;
  return { key, destination: "slack", contractId, target, kind, plan: {} };
}

async function done(...given: Parameters<typeof plan>) {
  const { effect } = await claimEffect(store, plan(...given));
  await settleEffect(store, effect.id, { status: "done", outsideId: "1.2" });
}

const why = { code: "collapsed", message: "Too much." };
const counted = (since: Date) => readNoise(store, sales, { since, kinds: ["line", "card"] });

it("counts what was said and what was left unsaid in a channel", async () => {
  const began = now;
  await done("1");
  await done("2", "a", "card");
  await done("3", "a", "card-edit");
  await done("4", "a", "line", "C2");
  await recordSkip(store, plan("5", "b"), { code: "muted", message: "Muted." });
  later(1);
  await recordSkip(store, plan("6", "b"), why);
  expect(await counted(began)).toEqual({ noise: null, posts: 3 });
  expect(await counted(now)).toMatchObject({ posts: 1 });
  await recordSkip(store, plan("7", "a"), why);
  const window = { from: began, to: now };
  expect(await readCollapsed(store, sales, window, 9)).toEqual(["docusign/a", "docusign/b"]);
  expect(await readCollapsed(store, sales, window, 1)).toHaveLength(1);
  expect(await readCollapsed(store, sales, { from: now, to: now }, 9)).toEqual([]);
});

it("counts what was planned long ago and is left unsaid now", async () => {
  const { effect } = await claimEffect(store, plan("8", "b"));
  await releaseEffect(store, effect);
  const from = later(2_000);
  later(1);
  await settleEffect(store, effect.id, { status: "skipped", ...why });
  expect(await counted(from)).toMatchObject({ posts: 1 });
  expect(await readCollapsed(store, sales, { from, to: now }, 9)).toEqual(["docusign/b"]);
});

it("lets one say that a channel is loud, and one that it is calm", async () => {
  const began = now;
  const begun = await Promise.all([1, 2, 3].map(() => beginNoise(store, sales, 61)));
  const noise = { ...sales, loudSince: began, posts: 61, calmedAt: null, summedTo: began };
  expect(begun.filter((one) => one !== null)).toEqual([noise]);
  expect((await counted(now)).noise).toEqual(noise);
  await forgetNoise(store, sales);
  await noteSummed(store, sales, later(10));
  await noteSummed(store, sales, began);
  const ended = await Promise.all([1, 2].map(() => endNoise(store, sales)));
  const calm = { ...noise, calmedAt: now, summedTo: now };
  expect(ended.filter((one) => one !== null)).toEqual([calm]);
  expect(await readNoises(store, "slack")).toEqual([calm]);
  later(1);
  expect(await beginNoise(store, sales, 70)).toEqual({
    ...calm,
    loudSince: now,
    posts: 70,
    calmedAt: null,
  });
  await endNoise(store, sales);
  await forgetNoise(store, sales);
  expect(await readNoises(store, "slack")).toEqual([]);
});
