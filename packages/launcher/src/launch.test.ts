import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { access, chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, isAlive } from "@countersign/postgres";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AppName, appNames, apps } from "./apps.ts";
import type { Ports } from "./config.ts";
import { launch } from "./launch.ts";
import type { LaunchOptions } from "./launch-options.ts";

let folder: string;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "countersign-launch-"));
  await chmod(folder, 0o755);
  lines = [];
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function onLine(line: string): void {
  lines.push(line);
}

async function standIns(): Promise<LaunchOptions> {
  const ports: Ports = { sandbox: 0, slackBot: 0, crmSync: 0, receiver: 0 };
  const entries: Partial<Record<AppName, string>> = {};
  for (const name of appNames) {
    ports[name] = await freePort();
    entries[name] = join(folder, `${name}.mjs`);
    await writeFile(entries[name], standIn(name));
  }
  const home = join(folder, "home");
  return { root: folder, home, ports, entries, env: {}, durable: false, onLine, firstDelayMs: 50 };
}

function standIn(name: AppName): string {
  return `
    import { appendFileSync } from "node:fs";
    import { createServer } from "node:http";
    const server = createServer((_request, response) => response.end(process.env.GREETING));
    server.listen(process.env.${apps[name].portVariable}, "127.0.0.1");
    process.once("SIGTERM", () => {
      appendFileSync(${JSON.stringify(join(folder, "journal"))}, "${name} stops\\n");
      setTimeout(() => {
        appendFileSync(${JSON.stringify(join(folder, "journal"))}, "${name} stopped\\n");
        process.exit(0);
      }, 50);
    });
  `;
}

function runningState(home: string) {
  const state: {
    pids: Record<string, number>;
    ports: object;
    databaseUrl: string;
    sandbox: object;
  } = JSON.parse(readFileSync(join(home, "running.json"), "utf8"));
  return state;
}

async function firstValue(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ value: unknown }>(sql);
  await client.end();
  return rows[0]?.value;
}

describe("launch", () => {
  it("starts everything, tells where in running.json, and stops in the order in which work flows", async () => {
    const options = await standIns();
    const running = await launch(options);
    const { pids, ports, databaseUrl, sandbox } = runningState(options.home);
    expect((await stat(join(options.home, "running.json"))).mode & 0o777).toBe(0o600);
    expect(Object.keys(pids).toSorted()).toEqual([
      "crmSync",
      "launcher",
      "postgres",
      "receiver",
      "sandbox",
      "slackBot",
    ]);
    expect(Object.values(pids).every(isAlive)).toBe(true);
    expect(ports).toMatchObject(options.ports);
    expect(sandbox).toMatchObject({ url: `http://127.0.0.1:${options.ports.sandbox}` });
    expect(await firstValue(databaseUrl, "select 1 as value")).toBe(1);

    await running.stop();
    const journal = (await readFile(join(folder, "journal"), "utf8")).trim().split("\n");
    expect(journal.slice(0, 2)).toEqual(["receiver stops", "receiver stopped"]);
    expect(journal.slice(2, 6).toSorted()).toEqual([
      "crmSync stopped",
      "crmSync stops",
      "slackBot stopped",
      "slackBot stops",
    ]);
    expect(journal.slice(6)).toEqual(["sandbox stops", "sandbox stopped"]);
    const { launcher: _own, ...others } = pids;
    expect(Object.values(others).filter(isAlive)).toEqual([]);
    await expect(stat(join(options.home, "running.json"))).rejects.toThrow("ENOENT");
  });

  it("starts a killed app and a killed database again, and keeps running.json true", async () => {
    const options = await standIns();
    await using running = await launch(options);
    const before = runningState(options.home);
    await firstValue(before.databaseUrl, "select 1 as value");
    running.kill("slackBot", "SIGKILL");
    process.kill(before.pids["postgres"] ?? 0, "SIGKILL");
    await expect
      .poll(() => lines, { timeout: 20_000 })
      .toContainEqual(expect.stringContaining("The slack-bot runs again"));
    await expect
      .poll(() => lines, { timeout: 20_000 })
      .toContainEqual(expect.stringContaining("The database runs again"));
    const after = runningState(options.home);
    expect(after.databaseUrl).toBe(before.databaseUrl);
    expect(after.pids["slackBot"]).not.toBe(before.pids["slackBot"]);
    expect(after.pids["postgres"]).not.toBe(before.pids["postgres"]);
    expect(Object.values(after.pids).every(isAlive)).toBe(true);
  });

  it("restarts an app and the database on request, with the data kept", async () => {
    const options = await standIns();
    await using running = await launch(options);
    const { databaseUrl, pids } = runningState(options.home);
    await firstValue(databaseUrl, "create table kept as select 7 as value");
    await running.restartPostgres();
    await running.restart("receiver");
    expect(await firstValue(databaseUrl, "select value from kept")).toBe(7);
    expect(runningState(options.home).pids["receiver"]).not.toBe(pids["receiver"]);
    expect(lines).toEqual([]);
  });

  it("gives an app variables for its next start alone, and for every start until the next restart", async () => {
    const options = await standIns();
    await using running = await launch(options);
    const greeting = async () => {
      const response = await fetch(`http://127.0.0.1:${options.ports.receiver}`).catch(() => null);
      return response?.text();
    };
    const kill = () => running.kill("receiver", "SIGKILL");
    await running.restart("receiver", {
      once: { GREETING: "once" },
      always: { GREETING: "always" },
    });
    expect(await greeting()).toBe("once");
    kill();
    await expect.poll(greeting, { timeout: 10_000 }).toBe("always");
    await running.restart("receiver");
    expect(await greeting()).toBe("");
  });

  it("runs further copies of an app on ports of their own", async () => {
    const options = await standIns();
    const port = await freePort();
    const running = await launch({ ...options, copies: [{ app: "receiver", port }] });
    const [copy] = running.copies;
    expect((await fetch(`http://127.0.0.1:${port}`)).ok).toBe(true);
    copy?.kill("SIGKILL");
    await expect
      .poll(() => lines, { timeout: 20_000 })
      .toContainEqual(expect.stringContaining(`The receiver-${port} runs again`));
    const pids = [copy?.pid ?? 0, running.apps.receiver.pid];
    expect(pids.filter(isAlive)).toEqual(pids);
    await running.stop();
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it("quotes an app that cannot start, and leaves nothing running", async () => {
    const options = await standIns();
    await writeFile(
      options.entries?.crmSync ?? "",
      'console.error("no settings"); process.exit(3);',
    );
    await expect(launch(options)).rejects.toThrow(
      /The crm-sync ended before it was ready \(exit code 3\)\. Its last lines:\n {2}no settings\n/,
    );
    expect(await readFile(join(folder, "journal"), "utf8")).toContain("sandbox stopped");
    await using again = await launch(await standIns());
    expect(again.apps.crmSync.pid).toBeGreaterThan(0);
  });

  it("says that the database of DATABASE_URL does not answer, without its password", async () => {
    const options = await standIns();
    const env = { DATABASE_URL: `postgres://someone:hidden@127.0.0.1:${await freePort()}/x` };
    const error = await launch({ ...options, env }).catch((thrown: unknown) => String(thrown));
    expect(error).toContain("The database of DATABASE_URL does not answer");
    expect(error).not.toContain("hidden");
  });

  it("stops what was started when the start is given up", async () => {
    const options = await standIns();
    await writeFile(options.entries?.receiver ?? "", "setInterval(() => {}, 1000);");
    const given = new AbortController();
    const launching = launch({ ...options, signal: given.signal });
    const ended = launching.then(String, String);
    const receiverLog = join(options.home, "logs/receiver.log");
    await vi.waitFor(() => access(receiverLog), { timeout: 50_000, interval: 20 });
    given.abort();
    expect(await ended).toContain("aborted");
    expect(await readFile(join(folder, "journal"), "utf8")).toContain("sandbox stopped");
  });
});

async function launchElsewhere(options: LaunchOptions) {
  const script = `
    import { launch } from ${JSON.stringify(join(import.meta.dirname, "launch.ts"))};
    const options = ${JSON.stringify({ ...options, durable: true })};
    await launch({ ...options, onLine: () => {} });
    console.log("running");
  `;
  const file = join(folder, "launcher.mjs");
  await writeFile(file, script);
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

describe("an earlier run", () => {
  it("that lives is named; one that was killed leaves nothing in the way", async () => {
    const options = await standIns();
    const earlier = await launchElsewhere(options);
    const { pids } = runningState(options.home);
    await expect(launch(options)).rejects.toThrow(`already running here (process ${earlier.pid})`);

    earlier.kill("SIGKILL");
    const apps = appNames.map((name) => pids[name] ?? 0);
    await expect.poll(() => apps.filter(isAlive), { timeout: 10_000 }).toEqual([]);
    await using running = await launch(options);
    expect(running.database.url).not.toBe("");
    expect(lines).toEqual([
      `Stopping the PostgreSQL that an earlier run left (process ${pids["postgres"]}).`,
    ]);
  });
});
