import { randomBytes } from "node:crypto";
import { signedRequest } from "@countersign/core/testing";
import { openReader } from "@countersign/store";
import { testDatabaseUrl } from "@countersign/store/testing";
import { expect, it, vi } from "vitest";
import { postBytes, sendOver } from "./testing/pipeline.ts";
import { startReceiver } from "./testing/receiver-process.ts";

const schema = `test_${randomBytes(6).toString("hex")}`;
const yaml = "sources:\n  - { name: docusign, provider: docusign, secrets: [a-secret] }\n";

const connections = 200;
const each = 250;

/** Of the process, with Node itself and everything that waits. An idle receiver has about 110 MB, one at full speed 450. */
const mostMemory = 600_000_000;

function webhook(id: string): Buffer {
  const body = Buffer.from(
    JSON.stringify({
      event: "envelope-sent",
      generatedDateTime: "2026-05-04T09:00:00Z",
      data: { envelopeId: id },
    }),
  );
  const { headers } = signedRequest("docusign", "a-secret", body, new Date());
  const given = Object.entries(headers).map(([name, value]) => [name, String(value)]);
  return postBytes("/webhooks/docusign", Object.fromEntries(given), body);
}

const idOf = (connection: number, place: number) => `burst-${connection}-${place}`;

/** Holds up everything that is written, as a database in trouble does. */
async function holdUp(reader: ReturnType<typeof openReader>): Promise<() => Promise<void>> {
  const connection = await reader.database.connect();
  await connection.query("begin; lock table deliveries in access exclusive mode");
  return async () => {
    await connection.query("commit");
    connection.release();
  };
}

/** Sends again what was not answered, as vendors do: a busy machine may time a connection out. */
async function sendAll(port: number, burst: Buffer[]): Promise<number[]> {
  const statuses: number[] = [];
  for (let tries = 0; tries < 20 && statuses.length < burst.length; tries += 1) {
    statuses.push(...(await sendOver(port, burst.slice(statuses.length))));
  }
  return statuses;
}

it("stays small under 50,000 webhooks while PostgreSQL is held up, and recovers by itself", async () => {
  await using receiver = await startReceiver(yaml, { DATABASE_SCHEMA: schema });
  await using reader = openReader({ url: testDatabaseUrl(), applicationName: "test", schema });
  const letGo = await holdUp(reader);

  const bursts = Array.from({ length: connections }, (_, connection) =>
    Array.from({ length: each }, (_none, place) => webhook(idOf(connection, place))),
  );
  const sending = Promise.all(bursts.map((burst) => sendAll(receiver.port, burst)));
  const memory: number[] = [];
  for (let second = 0; second < 4; second += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    memory.push(await receiver.metric("process_resident_memory_bytes"));
  }
  await letGo();
  const answers = await sending;
  memory.push(await receiver.metric("process_resident_memory_bytes"));

  expect(answers.map((statuses) => statuses.length)).toEqual(answers.map(() => each));
  expect(new Set(answers.flat())).toEqual(new Set([200, 503]));
  expect(Math.max(...memory)).toBeLessThan(mostMemory);
  expect(await sendOver(receiver.port, [webhook("after-the-burst")])).toEqual([200]);

  await vi.waitUntil(
    async () => (await receiver.metric("countersign_unread_deliveries")) === 0,
    20_000,
  );
  const { rows } = await reader.database.query<{ external_id: string }>(
    "select external_id from contracts",
  );
  const stored = new Set(rows.map((row) => row.external_id));
  const promised = answers.flatMap((statuses, connection) =>
    statuses.flatMap((status, place) => (status === 200 ? [idOf(connection, place)] : [])),
  );
  expect(promised.length).toBeGreaterThan(0);
  expect([...promised, "after-the-burst"].filter((id) => !stored.has(id))).toEqual([]);
  expect(
    await receiver.metric('countersign_deliveries_total{source="docusign",outcome="overloaded"'),
  ).toBeGreaterThanOrEqual(answers.flat().filter((answer) => answer === 503).length);
  expect(await receiver.stop()).toBe(0);
}, 60_000);
