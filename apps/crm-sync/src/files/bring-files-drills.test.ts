import { RetryLater, type StoredContract } from "@countersign/store";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import type { Attachments } from "../crms/attachments.ts";
import { crmKinds } from "../crms/index.ts";
import { NotSent } from "../crms/not-sent.ts";
import { counterpart as salesforce } from "../crms/salesforce/counterpart.ts";
import { eachOnce, openFilesBench, type FilesBench } from "../testing/files-bench.ts";

const counterparts = { hubspot, salesforce };
const faults = ["drop-after-applying", "server-error", "rate-limited", "unauthorized"] as const;
const deaths = ["planned", "called", "settled"] as const;

describe.each(crmKinds.map(({ id }) => id))("%s: each file and note hangs there once", (id) => {
  const stack = new AsyncDisposableStack();
  let bench: FilesBench;

  beforeAll(async () => {
    bench = await openFilesBench(id, counterparts[id], stack);
  });
  beforeEach(() => bench.reset());
  afterEach(() => vi.useRealTimers());
  afterAll(() => stack.disposeAsync());

  it.each(deaths.flatMap((point) => [1, 2, 3, 4].map((nth) => [point, nth] as const)))(
    "where it dies at %s, the time %i",
    async (point, nth) => {
      const stored = await bench.completed();
      bench.dieAt(point, nth);
      await expect(bench.bring(stored)).rejects.toThrow(`Died at ${point}`);
      await bench.bringUntilDone(stored);
      expect(bench.hung()).toEqual(eachOnce);
    },
  );

  it.each(faults.flatMap((kind) => [1, 2, 3, 4, 5, 6].map((nth) => [kind, nth] as const)))(
    "where a call meets %s, the call %i",
    async (kind, nth) => {
      const stored = await bench.completed();
      bench.atWrite(nth, { kind, on: "write" });
      await bench.bring(stored).catch(() => undefined);
      await bench.bringUntilDone(stored);
      expect(bench.hung()).toEqual(eachOnce);
    },
  );

  it("whatever goes wrong, in whichever order", async () => {
    const trouble = fc.oneof(
      fc.record({ point: fc.constantFrom(...deaths), nth: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ kind: fc.constantFrom(...faults), nth: fc.integer({ min: 1, max: 6 }) }),
    );
    const law = fc.asyncProperty(fc.array(trouble, { maxLength: 6 }), async (troubles) => {
      bench.reset();
      const stored = await bench.completed();
      for (const one of troubles) {
        if ("point" in one) bench.dieAt(one.point, one.nth);
        else bench.atWrite(one.nth, { kind: one.kind, on: "write" });
        await bench.bring(stored).catch(() => undefined);
        bench.wait(900);
      }
      await bench.bringUntilDone(stored);
      expect(bench.hung()).toEqual(eachOnce);
    });
    await expect(fc.assert(law, { numRuns: 25 })).resolves.toBeUndefined();
  }, 120_000);

  it("and the CRM is asked only when a late call must have arrived", async () => {
    const stored = await bench.completed();
    bench.dieAt("called", 1);
    await expect(bench.bring(stored)).rejects.toThrow("Died at called");
    const calls = bench.fake.calls().length;
    await expect(bench.bring(stored)).rejects.toThrow(RetryLater);
    expect(bench.fake.calls()).toHaveLength(calls);
    bench.wait(61);
    await bench.bring(stored);
    expect(bench.hung()).toEqual(eachOnce);
  });

  it("and a file that is under way for long is left to whoever sends it", async () => {
    const stored = await bench.completed();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const sent = bench.holdFile();
    const bringing = bench.bring(stored);
    await sent.arrived;
    const calls = bench.fake.calls().length;
    for (let passed = 0; passed < 120; passed += 10) {
      const claimed = await claimOf(bench, stored);
      bench.wait(10);
      vi.advanceTimersByTime(10_000);
      await vi.waitFor(async () => expect(await claimOf(bench, stored)).not.toEqual(claimed));
      await expect(bench.bring(stored)).rejects.toThrow(RetryLater);
    }
    expect(bench.fake.calls()).toHaveLength(calls);
    sent.goOn();
    await bringing;
    expect(bench.hung()).toEqual(eachOnce);
  });

  it("and whoever stood still while a file was under way makes no further call", async () => {
    const stored = await bench.completed();
    const sent = bench.holdFile();
    const bringing = bench.bring(stored).catch((error: unknown) => error);
    await sent.arrived;
    bench.wait(61);
    await bench.bring(stored);
    sent.goOn();
    await bringing;
    await bench.bringUntilDone(stored);
    expect(bench.hung()).toEqual(eachOnce);
  });

  it("and a file is not sent on when its claim is lost", async () => {
    const stored = await bench.completed();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const sent = bench.holdFile();
    const bringing = bench.bring(stored).catch((error: unknown) => error);
    await sent.arrived;
    bench.wait(31);
    vi.advanceTimersByTime(10_000);
    expect(await bringing).toBeInstanceOf(Error);
    await expect(bench.bring(stored)).rejects.toThrow(RetryLater);
    await bench.bringUntilDone(stored);
    expect(bench.hung()).toEqual(eachOnce);
  });

  it.each(["attachFile", "addNote"] as const)(
    "and nothing is sent by %s that comes too late after its claim",
    async (method) => {
      const stored = await bench.completed();
      const { crm } = bench.portsWith();
      const attachments = late(crm.attachments, method, () => bench.wait(31));
      await expect(bench.bring(stored, { crm: { ...crm, attachments } })).rejects.toThrow(NotSent);
      expect(bench.hung().files).toEqual([]);
      await bench.bring(stored);
      expect(bench.hung()).toEqual(eachOnce);
    },
  );
});

/** When what is under way was claimed, or its claim renewed. */
async function claimOf(bench: FilesBench, stored: StoredContract): Promise<Date | null> {
  const effects = await bench.effectsOf(stored);
  return effects.find(({ status }) => status === "planned")?.calledAt ?? null;
}

function late(
  attachments: Attachments,
  method: "attachFile" | "addNote",
  sleep: () => void,
): Attachments {
  const act = attachments[method].bind(attachments);
  const slow = (...given: unknown[]): unknown => {
    sleep();
    return Reflect.apply(act, attachments, given);
  };
  return Object.assign({ ...attachments }, { [method]: slow });
}
