import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { signedRequest } from "@countersign/core/testing";
import { freePort } from "@countersign/postgres";
import { openReader, readContract } from "@countersign/store";
import { holdMigrations, testDatabaseUrl } from "@countersign/store/testing";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const root = fileURLToPath(new URL("../../../", import.meta.url));
const schema = `test_${randomBytes(6).toString("hex")}`;

let port: number;
let receiver: ChildProcess;

function start(environment: Record<string, string>): ChildProcess {
  const env = { PATH: process.env["PATH"], COUNTERSIGN_CONFIG: "countersign.yaml", ...environment };
  return spawn(process.execPath, [main], { cwd: root, env, stdio: ["ignore", "ignore", "pipe"] });
}

async function isAlive(): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
}

const secrets = Object.fromEntries(
  [
    "ADOBE_SIGN",
    "DOCUMENSO",
    "DOCUSEAL",
    "DOCUSIGN",
    "DROPBOX_SIGN",
    "PANDADOC",
    "STANDARD_WEBHOOKS",
    "ZIASIGN",
  ].map((provider) => [`${provider}_SECRET`, "a-secret"]),
);

function startReceiver(): ChildProcess {
  return start({
    ...secrets,
    DATABASE_URL: testDatabaseUrl(),
    DATABASE_SCHEMA: schema,
    RECEIVER_PORT: String(port),
    LOG_LEVEL: "error",
  });
}

beforeEach(async () => {
  port = await freePort();
  receiver = startReceiver();
  await vi.waitFor(
    async () => {
      const { status } = await fetch(`http://127.0.0.1:${port}/readyz`);
      if (status !== 200) throw new Error(`not ready: ${status}`);
    },
    { timeout: 25_000, interval: 50 },
  );
});
afterEach(async () => {
  if (receiver.exitCode === null && receiver.kill("SIGKILL")) await once(receiver, "exit");
});

it("finishes the request that is under way when it is told to stop, then exits 0", async () => {
  const envelopeId = "0f8fad5b-d9cb-469f-a165-708672895099";
  const body = Buffer.from(
    JSON.stringify({
      event: "envelope-sent",
      generatedDateTime: "2026-05-04T09:00:00Z",
      data: { envelopeId },
    }),
  );
  const { headers } = signedRequest("docusign", "a-secret", body, new Date());
  const sending = request({
    port,
    host: "127.0.0.1",
    method: "POST",
    path: "/webhooks/docusign",
    headers: { ...headers, "content-length": body.length },
  });
  sending.write(body.subarray(0, 20));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const ended = once(receiver, "exit");
  receiver.kill("SIGTERM");
  await vi.waitFor(() => expect(isAlive()).rejects.toThrow("fetch failed"));
  const answered = once(sending, "response");
  sending.end(body.subarray(20));
  const [response] = await answered;
  expect(response.statusCode).toBe(200);
  response.resume();
  expect(await ended).toEqual([0, null]);
  await using reader = openReader({ url: testDatabaseUrl(), applicationName: "test", schema });
  expect(await readContract(reader.database, `docusign/${envelopeId}`)).not.toBeNull();
});

it("ends when it is told to while its database is being opened", { timeout: 60_000 }, async () => {
  const first = once(receiver, "exit");
  receiver.kill("SIGTERM");
  await first;
  const held = await holdMigrations(schema);
  receiver = startReceiver();
  await vi.waitFor(isAlive, { timeout: 25_000, interval: 50 });
  const ended = once(receiver, "exit");
  receiver.kill("SIGTERM");
  await vi.waitFor(() => expect(isAlive()).rejects.toThrow("fetch failed"), 5_000);
  await held[Symbol.asyncDispose]();
  expect(await ended).toEqual([0, null]);
});
