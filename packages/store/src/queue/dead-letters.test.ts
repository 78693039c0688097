import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { registerDestination } from "./cursor.ts";
import {
  countDeadLetters,
  previewRedrive,
  readDeadLetters,
  redriveDeadLetters,
} from "./dead-letters.ts";
import { follow } from "./follow.ts";
import type { Bring } from "./look.ts";
import { deadLetterQueue, type Wakeup } from "./queue.ts";

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
  for (const destination of ["slack", "hubspot"]) {
    await registerDestination(store, destination);
    await store.queue.createQueue(deadLetterQueue(destination));
    await store.queue.createQueue(destination, { deadLetter: deadLetterQueue(destination) });
  }
});
afterEach(async () => store.close());

/** Wakes the destination up for each contract, and fails that to the last try. */
async function giveUp(destination: string, contractIds: string[], output: object = {}) {
  await store.queue.insert(
    destination,
    contractIds.map((contractId) => ({ data: { contractId }, retryLimit: 0 })),
  );
  const jobs = await store.queue.fetch(destination, { batchSize: contractIds.length });
  for (const { id } of jobs) await store.queue.fail(destination, id, output);
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => `docusign/${index}`);
const waitingOf = async (destination: string) =>
  (await countDeadLetters(store)).find((one) => one.destination === destination)?.waiting;
const waitingInQueue = async (destination: string) =>
  (await store.queue.findJobs<Wakeup>(destination, { queued: true })).map(
    ({ data }) => data.contractId,
  );

it("counts them by destination, also where there are none", async () => {
  await giveUp("slack", ids(3));
  expect(await countDeadLetters(store)).toEqual([
    { destination: "hubspot", waiting: 0 },
    { destination: "slack", waiting: 3 },
  ]);
});

it("says which contract was given up, when, after how many tries and why", async () => {
  await giveUp("slack", ["docusign/a"], { failure: { name: "TypeError", code: "E_SHAPE" } });
  const [letter, ...others] = await readDeadLetters(store, { limit: 10 });
  expect(others).toEqual([]);
  expect(letter).toEqual({
    destination: "slack",
    contractId: "docusign/a",
    givenUpAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    tries: 1,
    failure: { name: "TypeError", code: "E_SHAPE" },
  });
});

it.each<[string, object, { destination?: string; contractId?: string; limit: number }, string[]]>([
  ["all", {}, { limit: 10 }, ["hubspot docusign/1", "slack docusign/0", "slack docusign/1"]],
  ["a destination's", {}, { destination: "hubspot", limit: 10 }, ["hubspot docusign/1"]],
  ["a contract's", {}, { contractId: "docusign/0", limit: 10 }, ["slack docusign/0"]],
])("lists %s", async (_what, output, filter, expected) => {
  await giveUp("slack", ids(2), output);
  await giveUp("hubspot", ["docusign/1"], output);
  const letters = await readDeadLetters(store, filter);
  const listed = letters.map(({ destination, contractId }) => `${destination} ${contractId}`);
  expect(listed.toSorted()).toEqual(expected);
});

it("lists no more than asked for", async () => {
  await giveUp("slack", ids(5));
  expect(await readDeadLetters(store, { limit: 2 })).toHaveLength(2);
});

it("redrives as many a second as asked, and says how far it is", async () => {
  await giveUp("slack", ids(5));
  const told: string[] = [];
  const moved = await redriveDeadLetters(
    store,
    { destination: "slack" },
    {
      atMost: 100,
      perSecond: 2,
      onMoved: (count) => told.push(`moved ${count}`),
      sleep: async (milliseconds) => told.push(`slept ${milliseconds}`),
    },
  );
  expect(moved).toBe(5);
  expect(told).toEqual(["moved 2", "slept 1000", "moved 4", "slept 1000", "moved 5"]);
  expect(await waitingOf("slack")).toBe(0);
  expect((await waitingInQueue("slack")).toSorted()).toEqual(ids(5));
});

const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 8_000, interval: 20 });

const atOnce = { atMost: 100, perSecond: 100, sleep: async () => undefined };
const redriveAll = () => redriveDeadLetters(store, { destination: "slack" }, atOnce);

it("redrives a contract alone, and no more than asked", async () => {
  await giveUp("slack", ids(5));
  const one = { destination: "slack", contractId: "docusign/3" };
  expect(await previewRedrive(store, one, 100)).toBe(1);
  expect(await redriveDeadLetters(store, one, atOnce)).toBe(1);
  expect(await previewRedrive(store, { destination: "slack" }, 3)).toBe(3);
  await redriveDeadLetters(store, { destination: "slack" }, { ...atOnce, atMost: 3 });
  expect(await waitingOf("slack")).toBe(1);
});

it("puts each back once, when asked again and when two ask at once", async () => {
  await giveUp("slack", ids(40));
  await Promise.all([redriveAll(), redriveAll()]);
  await redriveAll();
  expect(await waitingInQueue("slack")).toHaveLength(40);
});

it("has a contract tried again that was given up", async () => {
  await record(store, aDelivery("a"), aReport("a", aFact("contract.sent")));
  let broken = true;
  let brought = 0;
  const bring: Bring = async () => {
    if (broken) throw new RangeError("passing");
    brought += 1;
    return "called";
  };
  const following = await follow(store, "hubspot", bring, { concurrency: 1, retries: 0 });
  await until(async () => expect(await waitingOf("hubspot")).toBe(1));
  const [letter] = await readDeadLetters(store, { destination: "hubspot", limit: 1 });
  expect(letter?.failure).toEqual({ name: "RangeError", code: null });
  broken = false;
  await redriveDeadLetters(store, { destination: "hubspot" }, atOnce);
  await until(() => expect(brought).toBe(1));
  await following.stop();
});

it("leaves what is given up after the start", async () => {
  await giveUp("slack", ids(2));
  const sleep = async () => {
    await store.queue.fetch("slack", { batchSize: 10 });
    await giveUp("slack", ["docusign/late"]);
  };
  await redriveDeadLetters(store, { destination: "slack" }, { atMost: 9, perSecond: 1, sleep });
  const left = await readDeadLetters(store, { limit: 10 });
  expect(new Set(left.map(({ contractId }) => contractId))).toEqual(new Set(["docusign/late"]));
});
