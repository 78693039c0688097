import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { bytesOutliving } from "@countersign/core/testing";
import { afterEach, expect, it, vi } from "vitest";
import { openDatabase, type Database } from "./database.ts";
import { openQueue } from "./queue/queue.ts";
import { openTestStore, testDatabaseUrl } from "./testing/index.ts";

const opened: { end(): unknown }[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const one of opened.splice(0)) await one.end();
});

function open(url: string, onError: (error: Error) => void = () => undefined): Database {
  const options = { url, schema: "public", applicationName: "patience", maxConnections: 4 };
  const database = openDatabase(options, onError);
  opened.push(database);
  return database;
}

/** PostgreSQL behind a door that can be shut: nothing comes out any more, and nobody is told. */
async function aDoor() {
  const { hostname, port } = new URL(testDatabaseUrl());
  const sockets: Socket[] = [];
  let isShut = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    sockets.push(near, far);
    near.on("data", (chunk) => far.write(chunk)).on("error", () => undefined);
    far.on("data", (chunk) => isShut || near.write(chunk)).on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const url = new URL(testDatabaseUrl());
  url.hostname = "127.0.0.1";
  url.port = String(typeof address === "object" ? address?.port : "");
  opened.push({
    end() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  return { url: url.href, shut: () => (isShut = true) };
}

async function askOnAConnection(database: Database) {
  const connection = await database.connect();
  return connection.query("select 1").finally(() => connection.release(true));
}

it.each([
  ["the pool", (database: Database) => database.query("select 1")],
  ["a connection", askOnAConnection],
])("gives a statement of %s up that is never answered", async (_who, ask) => {
  const door = await aDoor();
  const heard: string[] = [];
  const database = open(door.url, ({ message }) => heard.push(message));
  await database.query("select 1");
  door.shut();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const end = ask(database).then(
    () => "answered",
    (error: Error) => error.message,
  );
  await vi.advanceTimersByTimeAsync(19_000);
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  const said = "Timeout: PostgreSQL has not answered for 20 seconds.";
  expect(await end).toBe(said);
  expect(heard).toContain(said);
});

it("gives up what pg-boss asks by itself, too, but later: it rebuilds indexes", async () => {
  const door = await aDoor();
  const options = { url: door.url, schema: "test_patience", applicationName: "patience" };
  const queue = await openQueue(
    { ...options, backend: "postgres", schedules: false },
    () => undefined,
  );
  opened.push({ end: () => queue.stop({ graceful: false }) });
  await queue.getDb().executeSql("select 1");
  door.shut();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const end = queue
    .getDb()
    .executeSql("select 1")
    .then(
      () => "answered",
      (error: Error) => error.message,
    );
  await vi.advanceTimersByTimeAsync(120_000);
  expect(await end).toMatch(/timeout/i);
}, 30_000);

it("has PostgreSQL end the session of a machine that is gone, and with it its locks", async () => {
  const asked = "select current_setting('tcp_keepalives_idle') as idle";
  const ofPool = await open(testDatabaseUrl()).query<{ idle: string }>(asked);
  expect(ofPool.rows).toEqual([{ idle: "10" }]);
  await using store = await openTestStore();
  const ofQueue = await store.queue.getDb().executeSql(asked);
  expect(ofQueue.rows).toEqual([{ idle: "10" }]);
});

it("says who asked where a statement fails", async () => {
  const connection = await open(testDatabaseUrl()).connect();
  async function askWrongly() {
    await connection.query("select wrong");
  }
  const error = await askWrongly().catch((caught: unknown) => caught);
  connection.release();
  expect(error).toMatchObject({ code: "42703", stack: expect.stringContaining("askWrongly") });
});

it("leaves nothing behind that outlives young collections", async () => {
  const database = open(testDatabaseUrl());
  const connection = await database.connect();
  const config = { name: "rows", text: "select 'a row' as what from generate_series(1, 200)" };
  const bytes = await bytesOutliving(async () => {
    for (let time = 0; time < 50; time += 1) {
      await Promise.all([database.query(config), connection.query(config)]);
    }
  });
  connection.release();
  // The rows take 1.5 MB.
  expect(bytes).toBeLessThan(400_000);
});
