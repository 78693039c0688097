import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { StoredContract } from "../contracts.ts";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { follow } from "./follow.ts";
import { wake } from "./wake.ts";

const stack = new AsyncDisposableStack();
const looks: string[] = [];
let store: Store;

beforeAll(async () => {
  store = stack.use(await openTestStore());
  for (const destination of ["told", "asked"]) {
    const bring = async ({ contract }: StoredContract) => {
      looks.push(`${destination} ${contract.externalId}`);
      return "called" as const;
    };
    const options = { concurrency: 2, onlyAsked: destination === "asked" };
    const following = await follow(store, destination, bring, options);
    stack.defer(() => following.stop());
  }
  // After five seconds they look around by themselves, and then not for a minute.
  await sleep(6_000);
}, 30_000);
afterAll(() => stack.disposeAsync());

/** What is taken from the queue next never gets here, as when PostgreSQL is killed before it has answered. */
function loseNext(destination: string): { isLost: () => boolean } {
  const { queue } = store;
  const fetch = queue.fetch.bind(queue);
  let isLost = false;
  vi.spyOn(queue, "fetch").mockImplementation(async (...asked: Parameters<typeof fetch>) => {
    const jobs = await fetch(...asked);
    if (jobs.length === 0 || isLost || asked[0] !== destination) return jobs;
    isLost = true;
    throw new Error("The connection was cut.");
  });
  return { isLost: () => isLost };
}

it("finds soon what it was asked for and never heard of, though it is told of changes", async () => {
  const contract = "asked of the told";
  await record(store, aDelivery(contract), aReport(contract, aFact("contract.sent")));
  const lookedAt = () => looks.filter((look) => look === `told ${contract}`);
  await vi.waitFor(() => expect(lookedAt()).toHaveLength(1), { timeout: 20_000 });
  const { isLost } = loseNext("told");
  await wake(store, "told", [`docusign/${contract}`]);
  await vi.waitFor(() => expect(lookedAt()).toHaveLength(2), { timeout: 20_000 });
  expect(isLost()).toBe(true);
  vi.restoreAllMocks();
}, 45_000);

it("finds soon what a process had taken that died in a backlog", async () => {
  const start = () =>
    follow(
      store,
      "late",
      async ({ contract }) => {
        looks.push(`late ${contract.externalId}`);
        return "called";
      },
      { concurrency: 2 },
    );
  await (await start()).stop();
  await record(store, aDelivery("old"), aReport("old", aFact("contract.sent")));
  expect(await store.queue.fetch("late", { batchSize: 10 })).toHaveLength(1);
  const longAgo = new Date(store.now().getTime() - 3_600_000);
  await store.database.query("update contracts set changed_at = $1", [longAgo]);
  await store.database.query("update destinations set swept_to = $1", [store.now()]);
  const following = await start();
  stack.defer(() => following.stop());
  await vi.waitFor(() => expect(looks).toContain("late old"), { timeout: 20_000 });
}, 45_000);

it.each(["told", "asked"])(
  "finds soon what it took from the queue and never heard of, where it is %s",
  async (destination) => {
    const { isLost } = loseNext(destination);
    const contract = `of ${destination}`;
    await record(store, aDelivery(contract), aReport(contract, aFact("contract.sent")));
    if (destination === "asked") await wake(store, destination, [`docusign/${contract}`]);
    const look = `${destination} ${contract}`;
    await vi.waitFor(() => expect(looks).toContain(look), { timeout: 20_000 });
    expect(isLost()).toBe(true);
    vi.restoreAllMocks();
  },
  30_000,
);
