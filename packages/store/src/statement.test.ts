import { afterAll, beforeAll, expect, it } from "vitest";
import { readEventsIn } from "./events.ts";
import type { Store } from "./store.ts";
import { prepared } from "./statement.ts";
import { openTestStore } from "./testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => store.close());

it("lets PostgreSQL keep its plan for a statement that looks few rows up", async () => {
  const connection = await store.database.connect();
  try {
    for (let time = 1; time <= 10; time += 1) await readEventsIn(connection, ["docusign/a"]);
    const { rows } = await connection.query<{ kept: number }>(
      "select generic_plans::int as kept from pg_prepared_statements where name = 'read events'",
    );
    expect(rows).toEqual([{ kept: 5 }]);
  } finally {
    connection.release();
  }
});

it("has a statement planned anew whenever it has run twice as often", async () => {
  const db = prepared(store.bookkeeping);
  const text = "select count(*)::int as plans from pg_prepared_statements where statement like $1";
  const plans: unknown[] = [];
  for (let run = 1; run <= 8; run += 1) {
    // One after the other, they run on one connection of the pool.
    const { rows } = await db.executeSql(text, ["select count(*)::int as plans%"]);
    plans.push(rows[0].plans);
  }
  expect(plans).toEqual([1, 2, 2, 3, 3, 3, 3, 4]);
});
