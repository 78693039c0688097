import { once } from "node:events";
import { access, chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "./free-port.ts";
import { PostgresError } from "./postgres-error.ts";
import { startPostgres } from "./start-postgres.ts";

const asRoot = process.getuid?.() === 0;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-postgres-"));
  await chmod(folder, 0o755);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function problemOf(starting: Promise<unknown>): Promise<PostgresError> {
  const error = await starting.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PostgresError)) throw new Error(`Not refused: ${String(error)}`);
  return error;
}

describe("a durable server", () => {
  it("keeps its data over a clean stop and over a kill", async () => {
    const options = { dataDir: join(folder, "data"), durable: true };
    const first = await startPostgres(options);
    await query(first.url, "create table kept (word text)");
    await query(first.url, "insert into kept values ('stopped')");
    await first.stop();

    const second = await startPostgres(options);
    await query(second.url, "insert into kept values ('killed')");
    process.kill(second.pid, "SIGKILL");
    await second.exited;

    await using third = await startPostgres({ ...options, port: second.port });
    expect(third.port).toBe(second.port);
    expect(await query(third.url, "select word from kept order by word")).toEqual([
      { word: "killed" },
      { word: "stopped" },
    ]);
  });

  it("syncs to disk, speaks UTF-8 and listens on this machine alone", async () => {
    await using postgres = await startPostgres({ dataDir: join(folder, "data"), durable: true });
    const settings = ["fsync", "server_encoding", "listen_addresses", "max_connections"];
    const rows = await query(
      postgres.url,
      `select name, setting from pg_settings where name in (${settings.map((name) => `'${name}'`).join()}) order by name`,
    );
    expect(rows).toEqual([
      { name: "fsync", setting: "on" },
      { name: "listen_addresses", setting: "127.0.0.1" },
      { name: "max_connections", setting: "200" },
      { name: "server_encoding", setting: "UTF8" },
    ]);
  });

  it("asks for the password kept beside the data", async () => {
    await using postgres = await startPostgres({ dataDir: join(folder, "data"), durable: true });
    const withoutPassword = postgres.url.replace(/:[^:@]+@/, ":wrong@");
    await expect(query(withoutPassword, "select 1")).rejects.toThrow(
      "password authentication failed",
    );
    expect((await stat(join(postgres.dataDir, "password"))).mode & 0o777).toBe(0o600);
  });

  it("refuses a folder that a living server uses, and says how to stop that one", async () => {
    const options = { dataDir: join(folder, "data"), durable: true };
    await using postgres = await startPostgres(options);
    const error = await problemOf(startPostgres(options));
    expect(error).toMatchObject({ problem: "already-running", pid: postgres.pid });
    expect(error.message).toContain(`kill -INT ${postgres.pid}`);
  });

  it("is not held up by a postmaster.pid whose number another program has now", async () => {
    const options = { dataDir: join(folder, "data"), durable: true };
    const first = await startPostgres(options);
    process.kill(first.pid, "SIGKILL");
    await first.exited;
    const file = join(first.dataDir, "cluster", "postmaster.pid");
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, [String(process.pid), ...lines.slice(1)].join("\n"));
    await using second = await startPostgres(options);
    expect(await query(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  });
});

describe("a server for tests", () => {
  it("removes its folder on stop", async () => {
    const postgres = await startPostgres({ dataDir: join(folder, "data"), durable: false });
    await postgres.stop();
    await expect(access(postgres.dataDir)).rejects.toThrow("ENOENT");
  });
});

describe("what stands in the way", () => {
  it("names a port in use", async () => {
    const taken = createServer().listen(await freePort(), "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const error = await problemOf(
      startPostgres({ dataDir: join(folder, "data"), durable: true, port }),
    );
    taken.close();
    expect(error.problem).toBe("port-in-use");
    expect(error.message).toContain(`Port ${port}`);
  });

  it("names a folder that cannot be created", async () => {
    await writeFile(join(folder, "file"), "");
    const error = await problemOf(
      startPostgres({ dataDir: join(folder, "file", "data"), durable: true }),
    );
    expect(error.problem).toBe("folder-unusable");
    expect(error.message).toContain(join(folder, "file"));
  });

  it("names the version when the data belongs to another one", async () => {
    const dataDir = join(folder, "data");
    await (await startPostgres({ dataDir, durable: true })).stop();
    await writeFile(join(dataDir, "cluster", "PG_VERSION"), "12\n");
    const error = await problemOf(startPostgres({ dataDir, durable: true }));
    expect(error.problem).toBe("data-incompatible");
  });
});

describe.runIf(asRoot)("as root", () => {
  it("keeps the data elsewhere when the database user cannot enter the checkout, and finds it again", async () => {
    await mkdir(join(folder, "home"), { mode: 0o700 });
    const options = { dataDir: join(folder, "home", "checkout", "postgres"), durable: true };
    const first = await startPostgres(options);
    try {
      expect(first.dataDir).not.toContain(folder);
      expect(first.movedBecause).toBe(`the database user may not enter ${join(folder, "home")}`);
      await first.stop();
      await using second = await startPostgres(options);
      expect(second.dataDir).toBe(first.dataDir);
    } finally {
      await rm(first.dataDir, { recursive: true, force: true });
    }
  });
});
