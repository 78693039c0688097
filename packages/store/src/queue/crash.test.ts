import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres, type Postgres } from "@countersign/postgres";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { StoredContract } from "../contracts.ts";
import { claimEffect, settleEffect } from "../effects.ts";
import { readEffect } from "../read-effects.ts";
import { record } from "../recording/record.ts";
import { openStore, type Store } from "../store.ts";
import { aDelivery, aFact, aReport } from "../testing/index.ts";
import { follow } from "./follow.ts";
import { wake } from "./wake.ts";

const stack = new AsyncDisposableStack();
let postgres: Postgres;
let start: (port?: number) => Promise<Postgres>;
let store: Store;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "countersign-crash-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  start = (port) =>
    startPostgres({ dataDir: join(folder, "data"), durable: true, ...(port && { port }) });
  postgres = await start();
  stack.defer(() => postgres.stop());
  store = stack.use(await openStore({ url: postgres.url, applicationName: "test" }));
}, 60_000);
afterAll(() => stack.disposeAsync());

it("a crash just after a look makes good what it took of it, whether a change was the reason or a question", async () => {
  let [asked, killAfter] = [0, ""];
  let last = "";
  const bring = async ({ contract, version }: StoredContract) => {
    const key = `version ${version}, asked ${asked}`;
    const about = { destination: "slack", contractId: contract.id, target: "C1" };
    const { effect } = await claimEffect(store, { ...about, key, kind: "card", plan: {} });
    if (effect.status === "planned")
      await settleEffect(store, effect.id, { status: "done", outsideId: "1" });
    last = key;
    return "called" as const;
  };
  const onOutcome = () => {
    if (last === killAfter) process.kill(postgres.pid, "SIGKILL");
  };
  const following = await follow(store, "slack", bring, { concurrency: 2, onOutcome });
  const crashAfter = async (key: string, cause: () => Promise<unknown>) => {
    killAfter = key;
    await cause();
    await postgres.exited;
    killAfter = "";
    postgres = await start(postgres.port);
    const isDone = async () => expect((await readEffect(store, key))?.status).toBe("done");
    await vi.waitFor(isDone, { timeout: 20_000, interval: 100 });
  };

  const sent = aReport("a", aFact("contract.sent"));
  await crashAfter("version 1, asked 0", () => record(store, aDelivery("a"), sent));
  asked = 1;
  await crashAfter("version 1, asked 1", () => wake(store, "slack", ["docusign/a"]));
  await following.stop();
}, 90_000);
