import { RetryLater } from "@countersign/store";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import { crmKinds } from "../crms/index.ts";
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
});
