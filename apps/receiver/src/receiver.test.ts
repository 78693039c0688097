import { signedRequest } from "@countersign/core/testing";
import { createLog, serve, type Listening } from "@countersign/service";
import { readContract, readQuarantine, recordOrKeep, type Store } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "./app.ts";
import { readSources } from "./config.ts";
import { createReceiverMetrics } from "./metrics.ts";

const secret = "receiver-test-secret";
let store: Store;
let listening: Listening;
let databaseIsAway = false;

beforeAll(async () => {
  store = await openTestStore();
  const sources = readSources(
    [
      { name: "docusign", provider: "docusign", secrets: ["old-secret", secret], settings: {} },
      {
        name: "small",
        provider: "docusign",
        secrets: [secret],
        settings: {},
        maxBodyMegabytes: 0.001,
      },
    ],
    "test.yaml",
  );
  const app = createApp({
    sources,
    record: async (delivery, read) => {
      if (databaseIsAway) throw Object.assign(new Error("away"), { code: "ECONNREFUSED" });
      return recordOrKeep(store, delivery, read);
    },
    ready: async () => true,
    noteSecretUse: () => undefined,
    noteUnreadable: () => undefined,
    now: () => new Date(),
    metrics: createReceiverMetrics(),
    log: createLog("receiver", "silent"),
  });
  listening = await serve(app, 0, "RECEIVER_PORT");
});
afterAll(async () => {
  await listening[Symbol.asyncDispose]();
  await store.close();
});

const envelopeBody = (envelopeId: string) =>
  Buffer.from(
    JSON.stringify({
      event: "envelope-sent",
      generatedDateTime: "2026-05-04T09:00:00.0000000Z",
      data: { accountId: "a", envelopeId },
    }),
  );

function signed(body: Uint8Array, key = secret): Record<string, string> {
  const { headers } = signedRequest("docusign", key, body, new Date());
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
}

function post(path: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const url = `http://127.0.0.1:${listening.port}${path}`;
  return fetch(url, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
}

async function postEnvelope(envelopeId: string, key = secret) {
  const body = envelopeBody(envelopeId);
  return post("/webhooks/docusign", body, signed(body, key));
}

const id = (n: number) => `0f8fad5b-d9cb-469f-a165-7086728950${String(n).padStart(2, "0")}`;
const stored = (n: number) => readContract(store.database, `docusign/${id(n)}`);

describe("an authentic delivery", () => {
  it("is answered 200 once it is stored", async () => {
    expect((await postEnvelope(id(1))).status).toBe(200);
    expect(await stored(1)).toMatchObject({ version: 1, contract: { status: "sent" } });
  });

  it("is answered 200 when it comes again, and changes nothing", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 20 }, async () => (await postEnvelope(id(2))).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await stored(2)).toMatchObject({ version: 1 });
  });

  it("is believed by any of the source's secrets", async () => {
    expect((await postEnvelope(id(3), "old-secret")).status).toBe(200);
  });

  it.each<[string, Buffer<ArrayBuffer>]>([
    ["no JSON", Buffer.from('{"event": "envelope-se')],
    ["nothing at all", Buffer.from("")],
    ["deeply nested", Buffer.from(`${"[".repeat(200_000)}${"]".repeat(200_000)}`)],
    [
      "deeply nested in data",
      Buffer.from(`{"event":"x","data":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`),
    ],
    ["about nothing we know", Buffer.from('{"hello": "world"}')],
  ])("that is %s is kept in quarantine", async (_what, body) => {
    const response = await post("/webhooks/docusign", body, signed(body));
    expect(response.status).toBe(200);
    const quarantined = await readQuarantine(store, 100);
    expect(quarantined.map(({ bytes }) => bytes)).toContain(body.length);
  });

  it("is taken whatever its content type says", async () => {
    const body = envelopeBody(id(4));
    const headers = { ...signed(body), "content-type": "application/x-www-form-urlencoded" };
    expect((await post("/webhooks/docusign", body, headers)).status).toBe(200);
    expect(await stored(4)).not.toBeNull();
  });

  it("that cannot be stored is answered 503 with Retry-After, and is taken later", async () => {
    databaseIsAway = true;
    const refused = await postEnvelope(id(5)).finally(() => {
      databaseIsAway = false;
    });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await stored(5)).toBeNull();
    expect((await postEnvelope(id(5))).status).toBe(200);
  });
});

describe("what is not authentic is answered 401 and not stored", () => {
  const body = envelopeBody(id(20));
  it.each<[string, Record<string, string>]>([
    ["no signature", {}],
    ["a wrong signature", signed(body, "another secret")],
    ["a signature of another body", signed(envelopeBody(id(21)))],
    ["an empty signature", { "x-docusign-signature-1": "" }],
    ["a signature that is not base64", { "x-docusign-signature-1": "%%%" }],
  ])("%s", async (_what, headers) => {
    expect((await post("/webhooks/docusign", body, headers)).status).toBe(401);
    expect(await stored(20)).toBeNull();
  });
});

describe("what cannot be a delivery", () => {
  it("to an unknown source is answered 404", async () => {
    expect((await post("/webhooks/nobody", envelopeBody(id(30)))).status).toBe(404);
  });

  it("of 30 MB is answered 413, and the next one is taken", async () => {
    const body = Buffer.alloc(30_000_000, "a");
    expect((await post("/webhooks/docusign", body, signed(body))).status).toBe(413);
    expect((await postEnvelope(id(31))).status).toBe(200);
  });

  it("is measured by the limit of its own source", async () => {
    const body = Buffer.alloc(2_000, "a");
    expect((await post("/webhooks/small", body, signed(body))).status).toBe(413);
  });

  it("and is compressed is answered 415", async () => {
    const body = envelopeBody(id(32));
    const headers = { ...signed(body), "content-encoding": "gzip" };
    expect((await post("/webhooks/docusign", body, headers)).status).toBe(415);
  });

  it("and comes by GET is told how", async () => {
    const response = await fetch(`http://127.0.0.1:${listening.port}/webhooks/docusign`);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });
});

it("counts what came by source and outcome", async () => {
  const response = await fetch(`http://127.0.0.1:${listening.port}/metrics`);
  const metrics = await response.text();
  expect(metrics).toMatch(
    /countersign_deliveries_total\{source="docusign",outcome="recorded",app="receiver"\} \d/,
  );
  expect(metrics).toMatch(
    /countersign_refused_total\{source="docusign",reason="bad-signature",app="receiver"\} \d/,
  );
});
