export { aDelivery, aFact, aReport } from "./facts.ts";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { openStore, type Store, type StoreOptions } from "../store.ts";

/**
 * A store on a fresh schema of the test run's PostgreSQL (TEST_DATABASE_URL), dropped when it is closed.
 * `keep`: a second store on a schema that somebody else drops.
 */
export async function openTestStore({
  keep = false,
  ...options
}: Partial<StoreOptions> & { keep?: boolean } = {}): Promise<Store> {
  const url = testDatabaseUrl();
  const schema = options.schema ?? `test_${randomBytes(6).toString("hex")}`;
  const store = await openStore({ applicationName: "test", ...options, url, schema });
  const close = async () => {
    await store.close();
    if (!keep) await dropSchemas(url, schema);
  };
  return { ...store, close, [Symbol.asyncDispose]: close };
}

/** Where the test run's PostgreSQL listens. */
export function testDatabaseUrl(): string {
  const url = process.env["TEST_DATABASE_URL"];
  if (url === undefined) {
    throw new Error(
      "TEST_DATABASE_URL is not set: the package's vitest.config.ts must name @countersign/postgres/vitest as its globalSetup.",
    );
  }
  return url;
}

/** Keeps whoever opens a store on this schema waiting, as an app that migrates it does, until it is disposed of. */
export async function holdMigrations(schema: string): Promise<AsyncDisposable> {
  const client = new pg.Client({ connectionString: testDatabaseUrl() });
  await client.connect();
  const lock = `countersign migrations ${schema}`;
  await client.query("select pg_advisory_lock(hashtextextended($1, 0))", [lock]);
  return { [Symbol.asyncDispose]: () => client.end() };
}

async function dropSchemas(url: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`drop schema if exists ${schema} cascade`);
  await client.query(`drop schema if exists ${schema}_queue cascade`);
  await client.end();
}
