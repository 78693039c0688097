import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startStack, type Stack } from "../stack.ts";
import { execute } from "./database.ts";
import { drill, type Refusals } from "./drill.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ judged: false, durable: true });
});
afterAll(async () => stack[Symbol.asyncDispose]());

/** What the senders were answered meanwhile. Every app has to recover by itself. */
async function withTrouble(contracts: number, trouble: () => Promise<void>): Promise<Refusals> {
  const pids = () => Object.values(stack.running.apps).map(({ pid }) => pid);
  const before = pids();
  const refusals = await drill(stack, { contracts, pauseMs: 500, trouble });
  expect(pids()).toEqual(before);
  return refusals;
}

it("is killed, twice, and started again", async () => {
  const refusals = await withTrouble(8, async () => {
    for (const moment of [500, 3_000]) {
      await sleep(moment);
      stack.running.database.embedded?.supervised.kill("SIGKILL");
    }
  });
  expect(refusals).toEqual(new Set([503]));
});

it("cuts every connection, again and again", async () => {
  const refusals = await withTrouble(8, async () => {
    for (let cuts = 0; cuts < 8; cuts += 1) {
      await sleep(300);
      await execute(stack, cutAll);
    }
  });
  expect([...refusals].filter((status) => status !== 503)).toEqual([]);
});

it("lets statements wait until they time out", async () => {
  const refusals = await withTrouble(6, async () => {
    await Promise.all(lockedTables.map((table) => execute(stack, lockForLong(table))));
  });
  expect(refusals).toEqual(new Set([503]));
});

it("has no room on its disk for a while", async () => {
  const refusals = await withTrouble(6, async () => {
    await sleep(500);
    await execute(stack, fullDisk);
    await sleep(3_000);
    await execute(stack, "drop function disk_is_full cascade");
  });
  expect(refusals).toEqual(new Set([503]));
});

const cutAll = `
  select pg_terminate_backend(pid) from pg_stat_activity
  where pid <> pg_backend_pid() and datname is not null
`;

const lockedTables = ["deliveries", "effects", "followed"];

/** For longer than the apps let a statement run. */
const lockForLong = (table: string) => `
  set statement_timeout = 0;
  begin;
  lock table ${table} in access exclusive mode;
  select pg_sleep(12);
  commit
`;

/** Every write to our tables ends as PostgreSQL ends it when a file cannot grow (SQLSTATE 53100, disk_full). */
const fullDisk = `
  create function disk_is_full() returns trigger language plpgsql as $$
  begin
    raise exception 'could not extend file: No space left on device' using errcode = '53100';
  end $$;
  ${["deliveries", "contracts", "events", "effects", "followed"]
    .map(
      (table) =>
        `create trigger full_disk before insert or update on ${table} execute function disk_is_full();`,
    )
    .join("\n")}
`;
