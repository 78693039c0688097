import { afterAll, beforeAll, expect, it } from "vitest";
import {
  claimEffect,
  recordSkip,
  releaseEffect,
  settleEffect,
  settleStatement,
  type EffectPlan,
} from "./effects.ts";
import { readDone, readEffect, readEffects, readRecordEffects } from "./read-effects.ts";
import { record } from "./recording/record.ts";
import type { Store } from "./store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await record(store, aDelivery("x"), aReport("a", aFact("contract.sent")));
});
afterAll(async () => store.close());

const planned = (key: string): EffectPlan => ({
  key,
  destination: "slack",
  contractId: "docusign/a",
  target: "C1",
  kind: "card",
  plan: { text: "hello" },
});

it("lets exactly one of many call", async () => {
  const claims = await Promise.all(
    Array.from({ length: 10 }, () => claimEffect(store, planned("one"))),
  );
  expect(claims.filter(({ may }) => may === "call")).toHaveLength(1);
  expect(claims.filter(({ may }) => may === "ask")).toHaveLength(9);
});

it("tells whoever finds an unsettled call to ask the outside", async () => {
  await claimEffect(store, planned("two"));
  expect((await claimEffect(store, planned("two"))).may).toBe("ask");
});

it.each([
  [5_000, "call"],
  [5_001, "ask"],
])("lets whoever hears of the claim %i ms later %s", async (milliseconds, may) => {
  const times = [0, milliseconds].map((passed) => new Date(Date.UTC(2026, 10, 28) + passed));
  const slow = { ...store, now: () => times.shift() ?? store.now() };
  expect((await claimEffect(slow, planned(`heard after ${milliseconds}`))).may).toBe(may);
});

it("lets the next one call after a release", async () => {
  const { effect } = await claimEffect(store, planned("three"));
  await releaseEffect(store, effect.id);
  expect((await claimEffect(store, planned("three"))).may).toBe("call");
  expect((await claimEffect(store, planned("three"))).may).toBe("ask");
});

it("keeps how it ended, and calls no more", async () => {
  const { effect } = await claimEffect(store, planned("four"));
  await settleEffect(store, effect.id, { status: "done", outsideId: "17.5", after: { a: 1 } });
  await settleEffect(store, effect.id, { status: "failed", code: "late", message: "too late" });
  const claim = await claimEffect(store, planned("four"));
  expect(claim).toMatchObject({
    may: "leave",
    effect: { status: "done", outsideId: "17.5", after: { a: 1 }, code: null },
  });
});

it("records a skip once, with its reason", async () => {
  const why = { code: "no-link", message: "The contract names no deal." };
  await recordSkip(store, planned("five"), why);
  await recordSkip(store, planned("five"), why);
  expect(await readEffect(store, "five")).toMatchObject({ status: "skipped", ...why });
  const all = await readEffects(store, "docusign/a", "slack");
  expect(all.filter(({ key }) => key === "five")).toHaveLength(1);
});

it("finds what was done to a record, the latest last, whatever else was planned for it", async () => {
  for (const key of ["r1", "r2", "r3", "r4"]) {
    const { effect } = await claimEffect(store, { ...planned(key), target: "deal" });
    const end =
      key === "r4"
        ? ({ status: "failed", code: "no", message: "no" } as const)
        : ({ status: "done", outsideId: key } as const);
    await settleEffect(store, effect.id, end);
  }
  await claimEffect(store, { ...planned("r5"), target: "deal" });
  const [all, last, others] = await Promise.all([
    readDone(store, "slack", "deal"),
    readDone(store, "slack", "deal", 2),
    readDone(store, "hubspot", "deal"),
  ]);
  expect(all.map(({ key }) => key)).toEqual(["r1", "r2", "r3"]);
  expect(last.map(({ key }) => key)).toEqual(["r2", "r3"]);
  expect(others).toEqual([]);
  const whole = await readRecordEffects(store, ["slack"], "deal", 3);
  expect(whole.map(({ key, status }) => [key, status])).toEqual([
    ["r3", "done"],
    ["r4", "failed"],
    ["r5", "planned"],
  ]);
});

it("looks up what it settles, also by a plan that was made while the ledger was empty", async () => {
  const { rows } = await store.database.query<{ "QUERY PLAN": string }>(
    `explain (generic_plan) ${settleStatement}`,
  );
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  expect(plan).toMatch(/effects_pkey.*\n\s*Index Cond: \(id = ANY/);
});
