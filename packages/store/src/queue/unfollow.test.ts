import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { follow } from "./follow.ts";
import { unfollow } from "./unfollow.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

it("wakes nobody, and makes good what was missed when it is followed again", async () => {
  const brought: string[] = [];
  const start = () =>
    follow(
      store,
      "crm-files",
      async ({ contract }) => {
        brought.push(contract.externalId);
        return "called";
      },
      { concurrency: 1 },
    );
  const happens = (externalId: string) =>
    record(store, aDelivery(externalId), aReport(externalId, aFact("contract.sent")));
  await unfollow(store, "crm-files");
  await (await start()).stop();
  await unfollow(store, "crm-files");
  // A recording knows for up to a second who follows.
  await new Promise((passed) => setTimeout(passed, 1_100));
  await happens("c-1");
  const jobs = await store.queue.findJobs("crm-files", { queued: true });
  expect(jobs).toEqual([]);
  const again = await start();
  await vi.waitFor(() => expect(brought).toEqual(["c-1"]), { timeout: 10_000 });
  await again.stop();
});
