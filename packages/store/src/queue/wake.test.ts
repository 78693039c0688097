import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { follow } from "./follow.ts";
import { followWakes, wake, wakeAt } from "./wake.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => store.close());

const contractId = "docusign/a";
const patience = { timeout: 20_000 };

it("has an unchanged contract looked at again, also when asked in the middle of a look", async () => {
  const looks: string[] = [];
  let during = Promise.resolve();
  const following = await follow(
    store,
    "slack",
    async ({ contract }) => {
      looks.push(contract.id);
      // What is asked for now may have come too late for this look.
      if (looks.length === 2) during = wake(store, "slack", [contractId]);
      await during;
      return "called";
    },
    { concurrency: 2 },
  );
  await record(store, aDelivery("a"), aReport("a", aFact("contract.sent")));
  await vi.waitFor(() => expect(looks).toHaveLength(1), patience);
  await wake(store, "slack", [contractId]);
  await vi.waitFor(() => expect(looks).toHaveLength(3), patience);
  await following.stop();
  const { rows } = await store.database.query("select asked, answered from followed");
  expect(rows).toEqual([{ asked: "2", answered: "2" }]);
});

it("asks nobody of whom nothing is known", async () => {
  await expect(wake(store, "teams", [contractId])).resolves.toBeUndefined();
});

it("wakes when the time has come, and not before", async () => {
  await record(store, aDelivery("b"), aReport("b", aFact("contract.sent")));
  const soon = new Date(store.now().getTime() + 1_500);
  const later = new Date(store.now().getTime() + 3_600_000);
  await wakeAt(store, "slack", "docusign/b", soon);
  await wakeAt(store, "slack", "docusign/a", later);
  const asked = async () => {
    const { rows } = await store.database.query<{ contract_id: string; asked: string }>(
      "select contract_id, asked from followed order by contract_id",
    );
    return rows;
  };
  const before = { contract_id: contractId, asked: "2" };
  const wakes = await followWakes(store, "slack");
  expect(await asked()).toEqual([before]);
  const woken = [before, { contract_id: "docusign/b", asked: "1" }];
  await vi.waitFor(async () => expect(await asked()).toEqual(woken), patience);
  expect(store.now().getTime()).toBeGreaterThan(soon.getTime());
  await wakes.stop();
});

it("has on disk that a question was answered, which no sweep would ask again", async () => {
  await record(store, aDelivery("c"), aReport("c", aFact("contract.sent")));
  const marks = (pool: "database" | "bookkeeping") => {
    const query = vi.spyOn(store[pool], "query");
    return () => query.mock.calls.filter(([asked]) => isMarkOf("docusign/c", asked)).length;
  };
  const [onDisk, forgetful] = [marks("database"), marks("bookkeeping")];
  const following = await follow(store, "hubspot", async () => "called", { concurrency: 2 });
  await vi.waitFor(() => expect([onDisk(), forgetful()]).toEqual([0, 1]), patience);
  await wake(store, "hubspot", ["docusign/c"]);
  await vi.waitFor(() => expect([onDisk(), forgetful()]).toEqual([1, 1]), patience);
  await following.stop();
  vi.restoreAllMocks();
});

function isMarkOf(id: string, asked: unknown): boolean {
  const { name, values } = { name: "", values: [], ...Object(asked) };
  return name === "mark followed" && JSON.stringify(values).includes(id);
}
