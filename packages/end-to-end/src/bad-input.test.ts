import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { post, startStack, type Stack } from "./stack.ts";

let stack: Stack;
let pid: number;
beforeAll(async () => {
  stack = await startStack();
  pid = stack.running.apps.receiver.pid;
});
afterAll(async () => stack[Symbol.asyncDispose]());

function signed(body: Buffer): Record<string, string> {
  const digest = createHmac("sha256", "sandbox-docusign").update(body).digest("base64");
  return { "content-type": "application/json", "x-docusign-signature-1": digest };
}

const nested = Buffer.from(`{"event":"envelope-sent","data":${"[".repeat(500_000)}`);
const huge = Buffer.alloc(30_000_000, "x");
const cut = Buffer.from('{"event":"envelope-sent","data":{"envelopeId":"a');
const empty = Buffer.alloc(0);

it.each<[string, string, Buffer<ArrayBuffer>, Record<string, string>, number]>([
  ["a wrong signature", "docusign", cut, signed(Buffer.from("other")), 401],
  ["no signature", "docusign", cut, {}, 401],
  ["an empty body without a signature", "docusign", empty, {}, 401],
  ["an empty body", "docusign", empty, signed(empty), 200],
  ["truncated JSON", "docusign", cut, signed(cut), 200],
  ["deep nesting", "docusign", nested, signed(nested), 200],
  ["a 30 MB body", "docusign", huge, signed(huge), 413],
  ["a wrong content type", "docusign", cut, { ...signed(cut), "content-type": "image/png" }, 200],
  ["an unknown source", "nobody", cut, signed(cut), 404],
  ["another source's signature", "ziasign", cut, signed(cut), 401],
])("answers %s and stays up", async (_what, source, body, headers, status) => {
  expect(await post(stack, source, body, headers)).toBe(status);
  const alive = await fetch(`http://127.0.0.1:${stack.ports.receiver}/healthz`);
  expect(alive.status).toBe(200);
  expect(stack.running.apps.receiver.pid).toBe(pid);
});

it("asks for patience while the database is away, and takes the delivery afterwards", async () => {
  const body = Buffer.from(
    JSON.stringify({
      event: "envelope-sent",
      generatedDateTime: "2026-11-20T09:00:00Z",
      data: { envelopeId: "0f8fad5b-d9cb-469f-a165-708672895001" },
    }),
  );
  const restarted = stack.running.restartPostgres();
  const statuses = new Set<number>();
  for (let tries = 0; tries < 200; tries += 1) {
    const status = await post(stack, "docusign", body, signed(body));
    statuses.add(status);
    if (status === 200 && tries > 20) break;
  }
  await restarted;
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  expect(await post(stack, "docusign", body, signed(body))).toBe(200);
  expect(stack.running.apps.receiver.pid).toBe(pid);
});
