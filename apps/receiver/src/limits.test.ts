import { connect, type Socket } from "node:net";
import { signedRequest } from "@countersign/core/testing";
import { createLog, serve, usualBounds, type Listening } from "@countersign/service";
import { Overloaded, readQuarantine, recordOrKeep, type Store } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "./app.ts";
import { readSources } from "./config.ts";
import { createReceiverMetrics } from "./metrics.ts";

const secret = "limits-test-secret";
let store: Store;
let listening: Listening;
let now = new Date("2026-05-04T09:00:00Z");
/** What recording waits for. */
let gate = () => Promise.resolve();

const source = (name: string, more = {}) => ({
  name,
  provider: "docusign",
  secrets: [secret],
  settings: {},
  ...more,
});

beforeAll(async () => {
  store = await openTestStore();
  const sources = readSources(
    [
      source("docusign"),
      source("small", { maxBodyMegabytes: 0.001 }),
      source("slow", { rate: { perSecond: 0.1, burst: 2 } }),
    ],
    "test.yaml",
  );
  const app = createApp({
    sources,
    record: async (delivery, read) => {
      await gate();
      return recordOrKeep(store, delivery, read);
    },
    ready: async () => true,
    noteSecretUse: () => undefined,
    noteUnreadable: () => undefined,
    now: () => now,
    metrics: createReceiverMetrics(),
    log: createLog("receiver", "silent"),
    admission: { requests: 3, bytes: 2_000_000 },
  });
  const bounds = { headersTime: 300, requestTime: 600, connections: 20, closingTime: 500 };
  listening = await serve(app, 0, "RECEIVER_PORT", { ...usualBounds, ...bounds });
});
afterAll(async () => {
  await listening[Symbol.asyncDispose]();
  await store.close();
});

const envelope = (id: string, more = {}) =>
  Buffer.from(JSON.stringify({ event: "envelope-sent", data: { envelopeId: id, ...more } }));

function post(path: string, body: Buffer<ArrayBuffer>, headers: Record<string, string> = {}) {
  const signed = signedRequest("docusign", secret, body, now);
  const proof = signed.headers["x-docusign-signature-1"];
  const given = typeof proof === "string" ? { "x-docusign-signature-1": proof } : {};
  const url = `http://127.0.0.1:${listening.port}/webhooks/${path}`;
  return fetch(url, { method: "POST", body, headers: { ...given, ...headers } });
}

/** Everything that comes back over a connection until it is closed. */
async function talk(say: (socket: Socket) => void): Promise<string> {
  const socket = connect(listening.port, "127.0.0.1").setEncoding("latin1");
  let answer = "";
  socket.on("data", (text: string) => (answer += text)).on("error", () => undefined);
  say(socket);
  await new Promise((resolve) => socket.on("close", resolve));
  return answer;
}

const head = (path: string, ...lines: string[]) =>
  [`POST /webhooks/${path} HTTP/1.1`, "host: x", ...lines, "", ""].join("\r\n");

describe("before anything is known of the sender", () => {
  it("headers of more than 16 kB are answered 431", async () => {
    const answer = await talk((socket) =>
      socket.write(head("docusign", `a: ${"x".repeat(17_000)}`)),
    );
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
  });

  it("more than 100 headers are answered 431", async () => {
    const many = Array.from({ length: 120 }, (_, index) => `a${index}: x`);
    const answer = await talk((socket) => socket.write(head("docusign", ...many)));
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
  });

  it.each([
    ["headers", "POST /webhooks/docusign HTTP/1.1\r\nhost: x\r\n"],
    ["a body", `${head("docusign", "content-length: 100")}{"event"`],
    ["a body in pieces", `${head("docusign", "transfer-encoding: chunked")}5\r\nabcde\r\n`],
  ])("%s that do not end are answered 408", async (_what, text) => {
    expect(await talk((socket) => socket.write(text))).toMatch(/^HTTP\/1.1 408 /);
  });

  it("a connection too many is closed, and the others are served", async () => {
    const sockets = Array.from({ length: 30 }, () => connect(listening.port, "127.0.0.1"));
    const closed = sockets.map(
      (socket) => new Promise((resolve) => socket.on("error", resolve).on("close", resolve)),
    );
    await Promise.race(closed);
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
    expect((await post("docusign", envelope("l-1"))).status).toBe(200);
  });

  it("a body in pieces is counted as it comes", async () => {
    const piece = `400\r\n${"a".repeat(1_024)}\r\n`;
    const answer = await talk((socket) =>
      socket.write(`${head("small", "transfer-encoding: chunked")}${piece}${piece}0\r\n\r\n`, () =>
        socket.end(),
      ),
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });
});

describe("a source's rate", () => {
  it("is looked at before the body and its signature, and says when to come again", async () => {
    const statuses = [];
    for (const id of ["r-1", "r-2", "r-3"]) statuses.push(await post("slow", envelope(id)));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(statuses[2]?.headers.get("retry-after"))).toBe(10);
    const unread = await talk((socket) => {
      socket.write(head("slow", "content-length: 1000000"));
      socket.once("data", () => socket.destroy());
    });
    expect(unread).toMatch(/^HTTP\/1.1 429 /);
    expect((await post("docusign", envelope("r-4"))).status).toBe(200);
    now = new Date(now.getTime() + 10_000);
    expect((await post("slow", envelope("r-5"))).status).toBe(200);
  });
});

async function whileHeldUp(work: () => Promise<void>): Promise<void> {
  const opened = Promise.withResolvers<void>();
  gate = () => opened.promise;
  await work().finally(opened.resolve);
}

describe("what is under way", () => {
  it("is so many requests at most; one more is told to come again, and is taken then", async () => {
    const waiting: Promise<Response>[] = [];
    await whileHeldUp(async () => {
      for (const id of ["w-1", "w-2", "w-3"]) waiting.push(post("docusign", envelope(id)));
      await new Promise((resolve) => setTimeout(resolve, 200));
      const refused = await post("docusign", envelope("w-4"));
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    });
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await post("docusign", envelope("w-4"))).status).toBe(200);
  });

  it("is so many bytes at most, announced or not", async () => {
    const filler = { filler: "a ".repeat(800_000) };
    const waiting: Promise<Response>[] = [];
    await whileHeldUp(async () => {
      waiting.push(post("docusign", envelope("b-1", filler)));
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect((await post("docusign", envelope("b-2", filler))).status).toBe(503);
      const answer = await talk((socket) => {
        socket.write(head("docusign", "transfer-encoding: chunked"));
        socket.write(`100000\r\n${"a".repeat(0x100000)}\r\n0\r\n\r\n`, () => socket.end());
      });
      expect(answer).toMatch(/^HTTP\/1.1 503 /);
    });
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200]);
    expect((await post("docusign", envelope("b-2", filler))).status).toBe(200);
  });

  it("is also too much where the store says so", async () => {
    gate = () => Promise.reject(new Overloaded("full"));
    const refused = await post("docusign", envelope("o-1"));
    gate = () => Promise.resolve();
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("10");
  });
});

describe("an authentic delivery is kept", () => {
  it.each([
    ["nested too deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "too-deeply-nested"],
    ["of too many parts", `[${"[],".repeat(300_000)}[]]`, "too-many-parts"],
    ["XML nested too deep", "<a>".repeat(100_000), "not-an-envelope-xml"],
    [
      "XML that multiplies itself",
      `<!DOCTYPE a [<!ENTITY b "${"x".repeat(1_000)}"><!ENTITY c "${"&b;".repeat(1_000)}">]><a>&c;</a>`,
      "xml-doctype",
    ],
  ])("in quarantine, at once, where it is %s", async (_what, text, reason) => {
    const body = Buffer.from(text);
    const started = performance.now();
    expect((await post("docusign", body)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await readQuarantine(store, 10)).toContainEqual(
      expect.objectContaining({ bytes: body.length, reason }),
    );
  });

  it("whatever its address carries", async () => {
    const query = `?a=%00&${"b=%ff%00&".repeat(200)}c=%F0%9F%96%8A&%00=d`;
    expect((await post(`docusign${query}`, envelope("q-1"))).status).toBe(200);
  });
});

it("a sender who never ends does not keep the receiver from stopping", async () => {
  const app = createApp({
    sources: readSources([source("docusign")], "test.yaml"),
    record: (delivery, read) => recordOrKeep(store, delivery, read),
    ready: async () => true,
    noteSecretUse: () => undefined,
    noteUnreadable: () => undefined,
    now: () => now,
    metrics: createReceiverMetrics(),
    log: createLog("receiver", "silent"),
  });
  const stopping = await serve(app, 0, "RECEIVER_PORT", { ...usualBounds, closingTime: 200 });
  const socket = connect(stopping.port, "127.0.0.1").on("error", () => undefined);
  socket.write(`${head("docusign", "content-length: 100")}{"event"`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const started = performance.now();
  await stopping[Symbol.asyncDispose]();
  expect(performance.now() - started).toBeLessThan(2_000);
});
