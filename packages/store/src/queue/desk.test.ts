import { expect, it } from "vitest";
import { openDesk, type WakeupJob } from "./desk.ts";
import type { Look } from "./look.ts";
import type { Settlement } from "./settle.ts";

const failed: Look = { outcome: "failed", error: new TypeError("a fault of ours") };

/** Takes the jobs in and waits; `isRefused`: a settlement that the queue does not take. */
async function settled(
  jobs: WakeupJob[],
  looks: Record<string, Look>,
  isRefused: (settlement: Settlement) => boolean = () => false,
) {
  const settlements: Settlement[] = [];
  const errors: unknown[] = [];
  const desk = openDesk({
    look: async (contractId) => looks[contractId] ?? { outcome: "current" },
    async settle(settlement) {
      if (isRefused(settlement)) throw new Error("The database is away.");
      settlements.push(settlement);
    },
    onRoom: () => undefined,
    onError: (error) => errors.push(error),
  });
  desk.take(jobs);
  await desk.idle();
  return {
    desk,
    errors,
    done: settlements.flatMap(({ done }) => done),
    failed: settlements.flatMap((one) => one.failed?.jobIds ?? []),
    again: settlements.flatMap(({ contractId, againInSeconds }) =>
      againInSeconds === null ? [] : [[contractId, againInSeconds]],
    ),
  };
}

function job(id: string, contractIds: string[], retryCount = 0): WakeupJob {
  const [contractId, ...others] = contractIds;
  return { id, data: { contractId, others }, retryCount, retryLimit: 3 };
}

it("ends a job when each of its contracts has been looked at", async () => {
  const { done, again, desk } = await settled([job("j", ["a", "b"]), job("k", ["b"])], {
    a: { outcome: "later", inSeconds: 30 },
  });
  expect(done.toSorted()).toEqual(["j", "k"]);
  expect(again).toEqual([["a", 30]]);
  expect(desk.isWaiting("a")).toBe(true);
  expect(desk.isWaiting("b")).toBe(false);
});

it("keeps a job whose contract's next look could not be queued, and does not wait for that look", async () => {
  const { done, errors, desk } = await settled(
    [job("j", ["a", "b", "c"])],
    { a: { outcome: "later", inSeconds: 30 } },
    ({ againInSeconds }) => againInSeconds !== null,
  );
  expect(done).toEqual([]);
  expect(errors).toHaveLength(1);
  expect(desk.isWaiting("a")).toBe(false);
});

it("lets a job of the contract's own be tried again", async () => {
  const { failed: tried, again, desk } = await settled([job("j", ["a"])], { a: failed });
  expect({ tried, again }).toEqual({ tried: ["j"], again: [] });
  expect(desk.isWaiting("a")).toBe(true);
});

it("gives a contract that fails in company a job of its own, also beside one that has no try left", async () => {
  const alone = await settled([job("j", ["a", "b"])], { a: failed });
  expect(alone).toMatchObject({ done: ["j"], failed: [], again: [["a", 1]] });
  const beside = await settled([job("j", ["a", "b"]), job("k", ["a"], 3)], { a: failed });
  expect(beside).toMatchObject({ done: ["j"], failed: ["k"], again: [["a", 1]] });
});

it("waits for nothing after the last try", async () => {
  const { failed: tried, again, desk } = await settled([job("j", ["a"], 3)], { a: failed });
  expect({ tried, again }).toEqual({ tried: ["j"], again: [] });
  expect(desk.isWaiting("a")).toBe(false);
});
