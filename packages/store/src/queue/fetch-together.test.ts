import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../store.ts";
import { openTestStore } from "../testing/index.ts";
import { prepared } from "../statement.ts";
import { fetchTogether, type Fetching } from "./fetch-together.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  for (const name of ["first", "second"]) {
    await store.queue.createQueue(name);
    await store.queue.insert(name, [{ data: { contractId: name } }]);
  }
});
afterAll(async () => store.close());

const ask = async (destination: string, queue: Fetching) => {
  const db = prepared(store.bookkeeping);
  const jobs = await fetchTogether(queue, { destination, batchSize: 5, db });
  return jobs.map(({ data }) => data);
};

it("answers those who ask at the same time when all have theirs, each with its own", async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const slow: Fetching = {
    async fetch(name, options) {
      if (name === "second") await released;
      return store.queue.fetch(name, options);
    },
  };
  let answered = 0;
  const asked = ["first", "second"].map((name) =>
    ask(name, slow).finally(() => {
      answered += 1;
    }),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(answered).toBe(0);
  release();
  expect(await Promise.all(asked)).toEqual([[{ contractId: "first" }], [{ contractId: "second" }]]);
});

it("lets one fail alone", async () => {
  await store.queue.insert("first", [{ data: { contractId: "again" } }]);
  const [fine, broken] = await Promise.allSettled([
    ask("first", store.queue),
    ask("no such queue", store.queue),
  ]);
  expect(fine).toEqual({ status: "fulfilled", value: [{ contractId: "again" }] });
  expect(broken.status).toBe("rejected");
});
