import { afterAll, beforeAll, expect, it } from "vitest";
import {
  claimEffect,
  claimStatement,
  noteDoubt,
  recordSkip,
  releaseEffect,
  settleEffect,
  settleStatement,
  type EffectPlan,
  type RestsOn,
} from "./effects.ts";
import { removeLink, saveLink } from "./links.ts";
import { Outdated } from "./queue/errors.ts";
import { readDone, readEffect, readEffects, readRecordEffects } from "./read-effects.ts";
import { readContract } from "./contracts.ts";
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

/** The store of somebody who hears of each claim so many milliseconds after it was asked for, by one of the clocks. */
function hearingLate(clock: "now" | "wall", milliseconds: number): Store {
  let isClaimed = false;
  const time = (mine: string) => () =>
    new Date(Date.UTC(2026, 10, 28) + (isClaimed && mine === clock ? milliseconds : 0));
  const reach = () => (isClaimed = true);
  return { ...store, now: time("now"), wall: time("wall"), reach };
}

it.each(["now", "wall"] as const)(
  "lets whoever hears of the claim within five seconds, by %s, call",
  async (clock) => {
    const claim = await claimEffect(hearingLate(clock, 5_000), planned(`in time by ${clock}`));
    expect(claim.may).toBe("call");
  },
);

it.each(["now", "wall"] as const)(
  "gives a claim back that is heard of later, by %s: nobody has called",
  async (clock) => {
    const late = claimEffect(hearingLate(clock, 5_001), planned(`late by ${clock}`));
    await expect(late).rejects.toThrow(Outdated);
    expect(await readEffect(store, `late by ${clock}`)).toMatchObject({
      status: "planned",
      calledAt: null,
    });
    expect((await claimEffect(store, planned(`late by ${clock}`))).may).toBe("call");
  },
);

it("lets the next one call after a release", async () => {
  const { effect } = await claimEffect(store, planned("three"));
  await releaseEffect(store, effect);
  expect((await claimEffect(store, planned("three"))).may).toBe("call");
  expect((await claimEffect(store, planned("three"))).may).toBe("ask");
});

const versionNow = async () => (await readContract(store.database, "docusign/a"))?.version ?? 0;
const at = (version: number, linkedTo?: string): RestsOn => ({
  contracts: [
    { contractId: "docusign/none", version: 1 },
    { contractId: "docusign/a", version },
  ],
  ...(linkedTo !== undefined && { linkedTo }),
});

it("lets nobody call for what rests on a contract that has moved on, also after a release", async () => {
  const now = await versionNow();
  const plan = planned("rests");
  await expect(claimEffect(store, { ...plan, restsOn: at(now - 1) })).rejects.toThrow(Outdated);
  expect(await readEffect(store, "rests")).toBeNull();
  const { may, effect } = await claimEffect(store, { ...plan, restsOn: at(now) });
  expect(may).toBe("call");
  expect((await claimEffect(store, { ...plan, restsOn: at(now - 1) })).may).toBe("ask");
  await releaseEffect(store, effect);
  await expect(claimEffect(store, { ...plan, restsOn: at(now - 1) })).rejects.toThrow(Outdated);
  expect((await claimEffect(store, { ...plan, restsOn: at(now) })).may).toBe("call");
});

it("lets nobody call for what was planned without a contract that is linked as well", async () => {
  await record(store, aDelivery("y"), aReport("b", aFact("contract.sent")));
  const now = await versionNow();
  const claim = async (key: string, recordId: string) =>
    claimEffect(store, { ...planned(key), restsOn: at(now, recordId) });
  const found = { destination: "slack", foundBy: "rule", certainty: 1, detail: "" } as const;
  await saveLink(store, { ...found, contractId: "docusign/a", recordId: "1" });
  expect((await claim("alone", "1")).may).toBe("call");
  const other = { ...found, contractId: "docusign/b", recordId: "1" };
  await saveLink(store, other);
  await expect(claim("in company", "1")).rejects.toThrow(Outdated);
  await removeLink(store, other);
  expect((await claim("alone again", "1")).may).toBe("call");
});

it("lets nobody call who has not seen what somebody else did there since", async () => {
  const first = await claimEffect(store, planned("seen"));
  const lastEffect = first.effect.id;
  const claim = async (key: string) =>
    (await claimEffect(store, { ...planned(key), restsOn: { lastEffect } })).may;
  await claimEffect(store, { ...planned("of another kind"), kind: "line" });
  await claimEffect(store, { ...planned("elsewhere"), target: "C2" });
  expect(await claim("theirs first")).toBe("call");
  expect(await claim("theirs first")).toBe("ask");
  await expect(claim("mine")).rejects.toThrow(Outdated);
});

it("refuses what has passed by itself, among others", async () => {
  const [refused, taken] = await Promise.allSettled([
    claimEffect(store, { ...planned("late"), restsOn: at(0) }),
    claimEffect(store, planned("in time")),
  ]);
  expect(refused.status).toBe("rejected");
  expect(taken).toMatchObject({ value: { may: "call" } });
});

it("neither releases nor gives up what somebody else is calling meanwhile", async () => {
  const first = await claimEffect(store, planned("theirs"));
  await releaseEffect(store, first.effect);
  const later = { ...store, now: () => new Date(store.now().getTime() + 1_000) };
  expect((await claimEffect(later, planned("theirs"))).may).toBe("call");
  await releaseEffect(store, first.effect);
  const superseded = { status: "skipped", code: "superseded", message: "" } as const;
  await settleEffect(store, first.effect.id, { ...superseded, onlyUncalled: true });
  expect((await claimEffect(store, planned("theirs"))).may).toBe("ask");
  await settleEffect(store, first.effect.id, superseded);
  expect((await claimEffect(store, planned("theirs"))).may).toBe("leave");
});

it("keeps what is known of a doubt until somebody calls again", async () => {
  const { effect } = await claimEffect(store, planned("doubt"));
  const why = { code: "unclear-answer", message: "It says 500." };
  await noteDoubt(store, effect, why);
  const known = await readEffect(store, "doubt");
  expect(known).toMatchObject({ status: "planned", calledAt: effect.calledAt, ...why });
  await releaseEffect(store, effect);
  await noteDoubt(store, effect, { code: "late", message: "" });
  expect(await readEffect(store, "doubt")).toMatchObject({ calledAt: null, ...why });
  await claimEffect(store, planned("doubt"));
  expect(await readEffect(store, "doubt")).toMatchObject({ code: null, message: null });
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

it.each([
  [settleStatement, /effects_pkey.*\n\s*Index Cond: \(id = ANY/],
  [claimStatement, /Index Cond: \(\(destination = "?row"?.destination\) AND \(record_id = /],
  [claimStatement, /Index Cond: \(\(contract_id = .*contract_id\) AND \(id > .*last_effect\)/],
  [claimStatement, /contracts_pkey.*\n\s*Index Cond: \(id = read/],
])(
  "looks rows up, also by a plan that was made while the tables were empty",
  async (statement, lookup) => {
    await using empty = await openTestStore();
    const { rows } = await empty.database.query<{ "QUERY PLAN": string }>(
      `explain (generic_plan) ${statement}`,
    );
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toMatch(lookup);
  },
);
