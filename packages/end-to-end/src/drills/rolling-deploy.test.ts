import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startPostgres } from "@countersign/postgres";
import { follow, openReader, openStore, type Bring } from "@countersign/store";
import { expect, it, vi } from "vitest";
import { freePorts } from "@countersign/postgres";
import { root } from "../stack.ts";
import { checkOut, previousTag } from "./previous-version.ts";
import { startReceiver } from "./receiver-process.ts";
import { expectAllStored, sendSteadily } from "./steady-sending.ts";

const tag = await previousTag();
const noTag = "the previous version (not run: this clone has no v* tag before its commit)";

const settings = `
sources:
  - name: docusign
    provider: docusign
    secrets: [sandbox-docusign]
`;

/** An empty database, settings, and the sources of the previous version. */
async function prepare(opened: AsyncDisposableStack) {
  const home = await mkdtemp(join(tmpdir(), "countersign-rolling-"));
  opened.defer(() => rm(home, { recursive: true, force: true }));
  const config = join(home, "countersign.yaml");
  await writeFile(config, settings);
  const postgres = opened.use(await startPostgres({ dataDir: join(home, "pg"), durable: false }));
  const previous = opened.use(await checkOut(tag ?? ""));
  return {
    url: postgres.url,
    env: { DATABASE_URL: postgres.url, COUNTERSIGN_CONFIG: config },
    previous: previous.folder,
  };
}

/** A destination of this version, which notes the version of each contract that it was brought to. */
async function followAll(url: string, opened: AsyncDisposableStack): Promise<Map<string, number>> {
  const store = opened.use(await openStore({ url, applicationName: "rolling-deploy" }));
  const brought = new Map<string, number>();
  const bring: Bring = async ({ contract, version }) => {
    brought.set(contract.id, version);
    return "called";
  };
  const following = await follow(store, "slack", bring, { concurrency: 8 });
  opened.defer(() => following.stop());
  return brought;
}

async function migrationsApplied(url: string): Promise<string[]> {
  await using reader = openReader({ url, applicationName: "rolling-deploy" });
  const { rows } = await reader.database.query<{ name: string }>("select name from migrations");
  return rows.map((row) => row.name).toSorted();
}

const migrationsOf = async (folder: string) =>
  (await readdir(join(folder, "packages/store/src/migrations"))).toSorted();

it.runIf(tag !== null)(`rolls from ${tag ?? noTag} under steady sending`, async () => {
  await using opened = new AsyncDisposableStack();
  const { url, env, previous } = await prepare(opened);
  const [oldPort = 0, newPort = 0] = await freePorts(2);
  const old = opened.use(await startReceiver(previous, oldPort, env));
  expect(await migrationsApplied(url)).toEqual(await migrationsOf(previous));

  let inService = [oldPort];
  const stop = new AbortController();
  const sending = sendSteadily(() => inService, stop.signal);
  await sleep(1_000);
  const young = opened.use(await startReceiver(root, newPort, env));
  expect(await migrationsApplied(url)).toEqual(await migrationsOf(root));
  const brought = await followAll(url, opened);

  inService = [oldPort, newPort];
  await sleep(2_500);
  inService = [newPort];
  await sleep(500);
  const ends = [await old.stop()];
  await sleep(1_000);
  stop.abort();
  const sent = await sending;

  expect(sent.answers).toEqual({ 200: expect.any(Number) });
  const versions = await expectAllStored(url, sent);
  expect(versions.size).toBeGreaterThan(10);
  await vi.waitFor(() => expect(brought).toEqual(versions), { timeout: 15_000, interval: 100 });
  ends.push(await young.stop());
  for (const { exitCode, log } of ends) {
    expect(log).not.toContain('"level":"error"');
    expect(exitCode).toBe(0);
  }
});
