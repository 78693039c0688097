import { inspect } from "node:util";
import { afterAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { serve } from "../testing/serve-fake.ts";
import { createUpload as createHubspotUpload } from "./hubspot/upload.ts";
import { createSession } from "./salesforce/session.ts";
import { createUpload as createSalesforceUpload } from "./salesforce/upload.ts";

const stack = new AsyncDisposableStack();
let taken: string[] = [];
beforeEach(() => (taken = []));
afterAll(() => stack.disposeAsync());

const elsewhere = await serve((request, response) => {
  taken.push(`${request.method} ${request.url}`);
  response.end('{"id":"1"}');
}, stack);
const moved = await serve((request, response) => {
  request.resume().on("end", () => response.writeHead(307, { location: elsewhere }).end());
}, stack);
const content = new Blob(["%PDF-1.4"]);
const lasting = { isHeld: () => true, signal: new AbortController().signal };
const answer = z.object({ id: z.string() });

function toHubspot(url: string): Promise<unknown> {
  const connection = { accessToken: "t", timeout: 2_000, callsPer10Seconds: 1_000 };
  const upload = createHubspotUpload({ ...connection, basePath: url });
  const form = new FormData();
  form.append("file", content);
  return upload("/files/v3/files", form, answer, lasting);
}

function toSalesforce(url: string): Promise<unknown> {
  const token = { accessToken: "t", instanceUrl: url, userId: "005000000000001AAA" };
  const session = createSession(() => Promise.resolve(token));
  const file = { content, contentType: "application/pdf", marker: "cs-1", extension: "pdf" };
  return createSalesforceUpload(session, 2_000)("/sobjects/x", {}, file, answer, lasting);
}

it.each([
  ["HubSpot", toHubspot],
  ["Salesforce", toSalesforce],
])("a file for %s is not sent to where a redirect points", async (_crm, upload) => {
  const refused: unknown = await upload(moved).catch((error: unknown) => error);
  expect(inspect(refused)).toContain("307");
  expect(taken).toEqual([]);
  await expect(upload(elsewhere)).resolves.toEqual({ id: "1" });
  expect(taken).toHaveLength(1);
});
