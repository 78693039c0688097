import { afterAll, beforeAll, expect, it } from "vitest";
import { inTransaction } from "../database.ts";
import { runAsOne } from "../statement.ts";
import type { Store } from "../store.ts";
import { openTestStore } from "../testing/index.ts";
import {
  largestWakeup,
  openDestinationQueue,
  queueSchema,
  readWakeup,
  wakeupsFor,
  wakeupStatements,
} from "./queue.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  for (const destination of ["slack", "hubspot"]) {
    await openDestinationQueue(store.queue, destination, 7);
  }
});
afterAll(async () => store.close());

const ids = Array.from({ length: largestWakeup + 3 }, (_, index) => `docusign/${index}`);

/** The jobs of a queue, without what is each job's own: its id and its times. */
async function jobsIn(queue: string): Promise<object[]> {
  const { rows } = await store.database.query<{ job: object }>(
    `select to_jsonb(job) - array['id', 'created_on', 'start_after', 'keep_until'] as job
     from ${queueSchema(store.schema)}.job where name = $1 order by data::text`,
    [queue],
  );
  return rows.map(({ job }) => job);
}

it("puts the same jobs into a queue as pg-boss's own insert", async () => {
  await store.queue.insert("slack", wakeupsFor(ids));
  const theirs = await jobsIn("slack");
  await store.queue.deleteAllJobs("slack");
  await inTransaction(store.database, async (connection) => {
    const statements = await wakeupStatements(store.queue, ["slack", "hubspot"], ids);
    expect(await runAsOne(connection, statements)).toEqual([2, 2]);
  });
  expect(theirs).toHaveLength(2);
  expect(await jobsIn("slack")).toEqual(theirs);
  expect(await jobsIn("hubspot")).toHaveLength(2);
});

it("names every contract in some job, and no job names too many", () => {
  const jobs = wakeupsFor(ids).map(({ data }) => readWakeup(data));
  expect(jobs.flat()).toEqual(ids);
  expect(Math.max(...jobs.map(({ length }) => length))).toBe(largestWakeup);
});

it.each([
  [{ contractId: "a" }, ["a"]],
  [{ contractId: "a", others: ["b", "a"], since: 7 }, ["a", "b"]],
  [{ contractId: "a", others: "b" }, ["a"]],
  [{ contractId: "a", others: [7, null] }, ["a"]],
  [{ about: "nothing" }, []],
  [null, []],
])("reads %j as %j", (data, contractIds) => {
  expect(readWakeup(data)).toEqual(contractIds);
});
