import { expect, test } from "vitest";
import type { HttpAnswer, HttpCall } from "../client.ts";
import { client } from "./client.ts";

const now = new Date("2026-12-01T12:00:00Z");
const since = new Date("2026-11-01T00:00:00Z");
const seconds = (date: Date) => Math.floor(+date / 1000);

/** A connection to an API that answers so, and the calls that it got. */
function connect(answer: (path: string) => [status: number, body: object], access: object = {}) {
  const calls: HttpCall[] = [];
  const http = async (call: HttpCall): Promise<HttpAnswer> => {
    calls.push(call);
    const path = call.url.replace("https://api.hellosign.com/v3/signature_request/", "");
    const [status, body] = answer(path);
    return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
  };
  const parsed = client.access.parse({ apiKey: "key", ...access });
  return { calls, ...client.connect(parsed, { http, now: () => now }) };
}

const request = (id: string, more: object) => ({ signature_request_id: id, ...more });
const signature = (more: object) => ({
  signature_id: "s1",
  signer_email_address: "a@example.com",
  ...more,
});

test("lists what may have changed, of everybody on the team", async () => {
  const before = seconds(since) - 60;
  const after = seconds(since) + 60;
  const listed = [
    request("open", {
      created_at: before,
      signatures: [signature({ status_code: "awaiting_signature" })],
    }),
    request("declined", { created_at: before, is_declined: true }),
    request("done-since", { is_complete: true, signatures: [signature({ signed_at: after })] }),
    request("done-before", { is_complete: true, signatures: [signature({ signed_at: before })] }),
    request("expired-since", {
      expires_at: after,
      signatures: [signature({ status_code: "expired" })],
    }),
    request("expired-before", {
      expires_at: before,
      signatures: [signature({ status_code: "expired" })],
    }),
    null,
  ];
  const body = { list_info: { num_pages: 1 }, signature_requests: listed };
  const connection = connect(() => [200, body], { accountId: "all" });
  expect(await connection.listChangedSince(since)).toEqual({
    outcome: "ok",
    value: ["open", "declined", "done-since", "expired-since"],
  });
  expect(connection.calls[0]).toMatchObject({
    url: "https://api.hellosign.com/v3/signature_request/list?page=1&page_size=100&account_id=all",
    headers: { authorization: `Basic ${Buffer.from("key:").toString("base64")}` },
  });
});

test("a file that is still being made is for later", async () => {
  const complete = { signature_request: request("r1", { is_complete: true }) };
  const conflict = {
    error: { error_name: "conflict", error_msg: "Files are still being processed" },
  };
  const connection = connect((path) =>
    path.startsWith("files/") ? [409, conflict] : [200, complete],
  );
  expect(await connection.fetchSignedDocument("r1")).toEqual({ outcome: "later", seconds: 60 });
  expect(await connection.fetchAuditTrail("r1")).toEqual({ outcome: "later", seconds: 60 });
});

test("gives out no document that is not signed yet", async () => {
  const connection = connect(() => [200, { signature_request: request("r1", {}) }]);
  expect(await connection.fetchSignedDocument("r1")).toMatchObject({ code: "not-completed" });
});

test("what was deleted is missing", async () => {
  const connection = connect(() => [410, { error: { error_name: "deleted" } }]);
  expect(await connection.fetchContract("r1")).toEqual({ outcome: "missing" });
});

test("reminds whose turn it is, by address, and hands on why it may not", async () => {
  const signatures = [
    signature({ status_code: "signed", signed_at: 1, order: 0 }),
    signature({
      signature_id: "s2",
      signer_email_address: "b@example.com",
      status_code: "awaiting_signature",
      order: 1,
    }),
    signature({
      signature_id: "s3",
      signer_email_address: "c@example.com",
      status_code: "awaiting_signature",
      order: 2,
    }),
  ];
  const open = { signature_request: request("r1", { signatures }) };
  const connection = connect(() => [200, open]);
  expect(await connection.sendReminder?.("r1", null)).toEqual({ outcome: "ok", value: null });
  expect(connection.calls.map(({ method, body }) => [method, body && JSON.parse(body)])).toEqual([
    ["GET", undefined],
    ["POST", { email_address: "b@example.com" }],
  ]);
  expect(await connection.sendReminder?.("r1", "s3")).toMatchObject({ code: "nobody-to-remind" });
  const words = { error: { error_name: "bad_request", error_msg: "Reminded an hour ago" } };
  const refusing = connect((path) => (path.startsWith("remind/") ? [400, words] : [200, open]));
  expect(await refusing.sendReminder?.("r1", "s2")).toEqual({
    outcome: "refused",
    code: "bad_request",
    message: "Reminded an hour ago",
  });
});
