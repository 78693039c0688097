import { randomBytes } from "node:crypto";
import { signedRequest } from "@countersign/core/testing";
import { openReader, readSecretUse, secretFingerprint } from "@countersign/store";
import { testDatabaseUrl } from "@countersign/store/testing";
import { expect, it } from "vitest";
import { postBytes, sendOver } from "./testing/pipeline.ts";
import { startReceiver } from "./testing/receiver-process.ts";

const schema = `test_${randomBytes(6).toString("hex")}`;
const [old, fresh] = ["the-old-secret", "the-new-secret"];

const start = (...secrets: string[]) =>
  startReceiver(
    `sources:\n  - { name: docusign, provider: docusign, secrets: [${secrets.join(", ")}] }\n`,
    { DATABASE_SCHEMA: schema },
  );

const lastUsed = (place: number) =>
  `countersign_secret_last_used_timestamp_seconds{source="docusign",secret="${place}"`;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends without pause to whichever receiver serves, signed with the provider's key of the moment. */
function sendSteadily(about: { port: number; key: string }) {
  const statuses: number[] = [];
  const ending = new AbortController();
  const sending = (async () => {
    for (let count = 0; !ending.signal.aborted; count += 1) {
      const body = Buffer.from(
        JSON.stringify({ event: "envelope-sent", data: { envelopeId: `steady-${count}` } }),
      );
      const { headers } = signedRequest("docusign", about.key, body, new Date());
      const given = Object.entries(headers).map(([name, value]) => [name, String(value)]);
      const request = postBytes("/webhooks/docusign", Object.fromEntries(given), body);
      statuses.push(...(await sendOver(about.port, [request])));
      await pause(5);
    }
  })();
  const stop = async () => {
    ending.abort();
    await sending;
    return statuses;
  };
  return { stop };
}

it("refuses nothing while a secret is rotated, and says when the old one is idle", async () => {
  await using before = await start(old);
  const about = { port: before.port, key: old };
  const steady = sendSteadily(about);

  await using both = await start(fresh, old);
  about.port = both.port;
  await pause(300);
  expect(await before.stop()).toBe(0);
  expect(await both.metric(lastUsed(1))).toBe(0);
  expect(await both.metric(lastUsed(2))).toBeGreaterThan(Date.now() / 1_000 - 5);

  about.key = fresh;
  await pause(1_000);
  const idleSeconds = (await both.metric(lastUsed(1))) - (await both.metric(lastUsed(2)));
  expect(idleSeconds).toBeGreaterThan(0.5);

  await using after = await start(fresh);
  about.port = after.port;
  await pause(300);
  expect(await both.stop()).toBe(0);
  const statuses = await steady.stop();
  expect(statuses.length).toBeGreaterThan(50);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(await after.stop()).toBe(0);

  await using reader = openReader({ url: testDatabaseUrl(), applicationName: "test", schema });
  const known = await readSecretUse(reader);
  expect(known.map(({ fingerprint }) => fingerprint)).toEqual([fresh, old].map(secretFingerprint));
  const [newest, idle] = known;
  expect(Date.parse(idle?.lastUsedAt ?? "")).toBeLessThan(Date.parse(newest?.lastUsedAt ?? ""));
  expect(Date.parse(idle?.lastUsedAt ?? "")).toBeLessThan(
    Date.parse(newest?.firstUsedAt ?? "") + 500,
  );
}, 60_000);
