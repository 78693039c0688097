import { Client } from "pg";
import { expect, inject, it } from "vitest";

it("gives every test the address of a running server", async () => {
  expect(process.env["TEST_DATABASE_URL"]).toBe(inject("databaseUrl"));
  const client = new Client({ connectionString: inject("databaseUrl") });
  await client.connect();
  const { rows } = await client.query<{ one: number }>("select 1 as one");
  await client.end();
  expect(rows).toEqual([{ one: 1 }]);
});
