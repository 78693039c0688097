import { afterAll, beforeAll, expect, it } from "vitest";
import { readEventsIn } from "./events.ts";
import type { Store } from "./store.ts";
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
