import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { StoredContract } from "../contracts.ts";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { follow } from "./follow.ts";
import { readProgress } from "./progress.ts";
import { queueSchema, topic } from "./queue.ts";
import { openSubscribers } from "./subscribers.ts";
import { wake } from "./wake.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const patience = { timeout: 20_000 };

it("looks at what it is asked for and not at changes, also when it has died at work", async () => {
  const looks: string[] = [];
  const destination = "write-back";
  const bring = async ({ contract }: StoredContract) => {
    looks.push(contract.id);
    return "not-called" as const;
  };
  const start = () => follow(store, destination, bring, { concurrency: 2, onlyAsked: true });
  const happens = (id: string) => record(store, aDelivery(id), aReport(id, aFact("contract.sent")));
  const first = await start();
  await happens("asked");
  await happens("not-asked");
  expect(await openSubscribers(store.database, queueSchema(store.schema), topic)()).toEqual([]);
  await wake(store, destination, ["docusign/asked"]);
  await vi.waitFor(() => expect(looks).toEqual(["docusign/asked"]), patience);
  await first.stop();
  // As one leaves it that dies at work: asked, taken from the queue, and not answered.
  await happens("half-done");
  await wake(store, destination, ["docusign/half-done"]);
  await store.queue.fetch(destination, { batchSize: 10 });
  const second = await start();
  await vi.waitFor(() => expect(looks).toEqual(["docusign/asked", "docusign/half-done"]), patience);
  await second.stop();
  expect(await readProgress(store, "docusign/not-asked")).toEqual([]);
});
