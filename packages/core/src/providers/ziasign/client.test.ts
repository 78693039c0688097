import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { access } from "./access.ts";
import { client } from "./client.ts";

const now = new Date("2026-10-05T09:00:00Z");
const keys = { apiKey: "zk_1", apiSecret: "zs_1" };

/** A connection whose calls are all answered by `about`, and the calls it makes. */
function connected(about: (call: HttpCall) => unknown, given = {}, settings = {}) {
  const calls: HttpCall[] = [];
  const http = async (call: HttpCall): Promise<HttpAnswer> => {
    calls.push(call);
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(about(call))) };
  };
  const parsed = access.parse({ ...keys, ...given });
  return { calls, connection: client.connect(parsed, { http, now: () => now, settings }) };
}

describe("a call is signed", () => {
  const timestamp = "2026-10-05T09:00:00.000Z";
  const hashes = ["", "{}"].map((body) => createHash("sha256").update(body).digest("hex"));
  const [hashOfNothing = "", hashOfBraces = ""] = hashes;

  test.each([
    [{}, "/api/v1/documents/d%201", "hex"],
    [{ signedPath: "below-base" }, "/documents/d%201", "hex"],
    [{ signatureEncoding: "base64" }, "/api/v1/documents/d%201", "base64"],
    [{ baseUrl: "https://zia.example.com/" }, "/documents/d%201", "hex"],
  ] as const)("with %j over %s, in %s", async (given, path, encoding) => {
    const { calls, connection } = connected(() => ({ id: "d 1" }), given);
    await connection.fetchContract("d 1");
    const text = `GET\n${path}\n${timestamp}\n${hashOfNothing}`;
    const signature = createHmac("sha256", "zs_1").update(text).digest(encoding);
    expect(calls[0]?.headers).toMatchObject({
      "x-api-key": "zk_1",
      "x-timestamp": timestamp,
      "x-signature": signature,
    });
  });

  test("with its query where that is set, and over its body", async () => {
    const { calls, connection } = connected(() => ({}), { signedPath: "path-and-query" });
    await connection.fetchSignedDocument("d1");
    await connection.sendReminder?.("d1", null);
    const texts = [
      `GET\n/api/v1/documents/d1/download?certificate=true&auditTrail=true\n${timestamp}\n${hashOfNothing}`,
      `POST\n/api/v1/documents/d1/resend\n${timestamp}\n${hashOfBraces}`,
    ];
    expect(calls.map((call) => call.headers["x-signature"])).toEqual(
      texts.map((text) => createHmac("sha256", "zs_1").update(text).digest("hex")),
    );
  });
});

describe("a document is read", () => {
  const document = { id: "d1", name: "Lease", status: "sent", sentAt: "2026-10-05T08:00:00Z" };

  test.each([[document], [{ data: document }], [{ data: { document } }], [{ document }]])(
    "out of %j",
    async (answer) => {
      const { connection } = connected(() => answer);
      expect(await connection.fetchContract("d1")).toMatchObject({
        outcome: "ok",
        value: {
          url: "https://api.ziasign.com/api/v1/documents/d1",
          report: { externalId: "d1", facts: [{ type: "contract.sent" }, { note: "described" }] },
        },
      });
    },
  );

  test("with the settings of its source", async () => {
    const settings = { idNames: ["ref"], documentUrl: "https://sign.example.com/{id}" };
    const { connection } = connected(() => ({ ref: "d1", name: "Lease" }), {}, settings);
    const fetched = await connection.fetchContract("d1");
    expect(JSON.stringify(fetched)).toContain("https://sign.example.com/d1");
  });

  test("not where it is another", async () => {
    const { connection } = connected(() => document);
    await expect(connection.fetchContract("d2")).rejects.toThrow("not the document");
  });
});

function listed(count: number, updatedAt: string): object[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${updatedAt} ${index}`, updatedAt }));
}

describe("the list", () => {
  const since = new Date("2026-10-05T08:00:00Z");

  test("is read down to what changed last before then", async () => {
    const pages = [
      listed(100, "2026-10-05T08:30:00Z"),
      [...listed(60, "2026-10-05T08:00:00Z"), ...listed(40, "2026-10-05T07:59:59Z")],
    ];
    const { calls, connection } = connected(() => ({ data: pages[calls.length - 1] }));
    const answer = await connection.listChangedSince(since);
    expect(answer.outcome === "ok" && answer.value.length).toBe(160);
    expect(calls.map((call) => new URL(call.url).search)).toEqual([
      "?sortBy=updatedAt&sortOrder=desc&page=1&pageSize=100",
      "?sortBy=updatedAt&sortOrder=desc&page=2&pageSize=100",
    ]);
  });

  test("ends after 10,000", async () => {
    const { calls, connection } = connected(() => listed(100, "2026-10-05T08:30:00Z"));
    const answer = await connection.listChangedSince(since);
    expect(answer.outcome === "ok" && answer.value.length).toBe(10_000);
    expect(calls).toHaveLength(100);
  });

  test.each([
    [[{ id: "d1" }]],
    [{ documents: [{ documentId: "d1", updated_at: "2026-10-05T09:00:00Z" }] }],
    [{ data: { items: [{ document_id: "d1" }, { name: "nameless" }] } }],
  ])("has d1 in %j", async (answer) => {
    const { connection } = connected(() => answer);
    expect(await connection.listChangedSince(since)).toEqual({ outcome: "ok", value: ["d1"] });
  });
});

test.each([
  { action: "signed", timestamp: "2026-10-05T08:02:07Z", actor: { name: "Ann", email: "a@x.y" } },
  { event: "signed", created_at: "2026-10-05T08:02:07Z", actor_name: "Ann", actor_email: "a@x.y" },
])("an audit entry is read out of %j", async (entry) => {
  const answer = { data: { id: "d1", audit_trail: [entry, { action: "untimed" }, null] } };
  const { connection } = connected(() => answer);
  const at = "2026-10-05T08:02:07.000Z";
  const actor = { name: "Ann", email: "a@x.y" };
  expect(await connection.fetchAuditTrail("d1")).toEqual({
    outcome: "ok",
    value: { entries: [{ at, action: "signed", actor, ip: null, detail: null }] },
  });
});

test.each([
  [{ message: "No scope", code: "forbidden" }, "No scope"],
  [{ error: "No scope" }, "No scope"],
  [{ error: { code: "forbidden", message: "No scope" } }, "No scope"],
  [null, "HTTP 403"],
])("a refusal is told in the words of %j", async (body, message) => {
  const http = async () => ({
    status: 403,
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
  });
  const connection = client.connect(access.parse(keys), { http, now: () => now });
  expect(await connection.fetchContract("d1")).toEqual({ outcome: "unauthorized", message });
});
