import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { migrate } from "./migrate.ts";
import { testDatabaseUrl } from "./testing/index.ts";
import { isUnreachable } from "./unreachable.ts";

const schema = "test_migrate_cut";
let holder: pg.Client;

beforeEach(async () => {
  holder = new pg.Client({ connectionString: testDatabaseUrl() });
  await holder.connect();
});
afterEach(() => holder.end());

const lock = "hashtextextended('countersign migrations test_migrate_cut', 0)";

/** Whether somebody waits for the lock of this schema's migrations. */
async function isWaitedFor(): Promise<boolean> {
  const { rowCount } = await holder.query(
    `select from pg_locks where locktype = 'advisory' and not granted
       and (classid::bigint << 32 | objid::bigint) = ${lock}`,
  );
  return rowCount === 1;
}

/** A way to the database that can be cut, as when its machine is lost. */
async function openCuttable() {
  const url = new URL(testDatabaseUrl());
  const { port, hostname } = url;
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) sockets.push(socket.on("error", () => undefined));
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url.port = String(typeof address === "object" ? address?.port : "");
  return {
    url: url.href,
    cut() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

it("rejects as unreachable, and ends no process, where its connection is cut", async () => {
  await holder.query(`select pg_advisory_lock(${lock})`);
  const way = await openCuttable();
  const migrating = migrate(way.url, schema).then(
    () => "migrated",
    (error: unknown) => error,
  );
  await expect.poll(isWaitedFor, { timeout: 10_000 }).toBe(true);
  way.cut();
  expect(await migrating).toSatisfy(isUnreachable);
});
