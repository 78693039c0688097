import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./start-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/**
 * A vitest `globalSetup`: one throw-away PostgreSQL for a package's test run, unless `TEST_DATABASE_URL` names one.
 * Tests read its address from `process.env.TEST_DATABASE_URL` or `inject("databaseUrl")`.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") {
    project.provide("databaseUrl", given);
    return undefined;
  }
  const dataDir = await mkdtemp(join(tmpdir(), "countersign-test-"));
  const postgres = await startPostgres({ dataDir, durable: false });
  process.env["TEST_DATABASE_URL"] = postgres.url;
  project.provide("databaseUrl", postgres.url);
  return async () => {
    delete process.env["TEST_DATABASE_URL"];
    await postgres.stop();
  };
}
