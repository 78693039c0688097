import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { record } from "./record.ts";

/** Two receivers on one schema: neither remembers what the other has written, so each reads it. */
let first: Store;
let second: Store;
beforeAll(async () => {
  first = await openTestStore();
  second = await openTestStore({ schema: first.schema, keep: true });
});
afterAll(async () => {
  await second.close();
  await first.close();
});

it("records on, on the connections that it has, when a migration has added a column", async () => {
  const facts = [
    "contract.sent",
    "contract.viewed",
    "contract.noted",
    "contract.completed",
  ] as const;
  const recordIn = (store: Store, index: number) => {
    const fact = aFact(facts[index] ?? "contract.noted", { note: String(index) });
    return record(store, aDelivery(`migrated ${index}`), aReport("migrated", fact));
  };
  await recordIn(first, 0);
  await recordIn(second, 1);
  await recordIn(first, 2);
  await recordIn(second, 1);
  await first.database.query("alter table events add column of_a_later_version int");
  const last = [recordIn(second, 3), recordIn(first, 3), recordIn(second, 4), recordIn(first, 5)];
  const ends = await Promise.allSettled(last);
  expect(ends.map(({ status }) => status)).toEqual(last.map(() => "fulfilled"));
});
