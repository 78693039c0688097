import { createServer } from "node:http";
import { providerById, providers, type Http, type HttpCall } from "@countersign/core";
import type { VendorContract } from "@countersign/core/testing";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { close, listen } from "../listening.ts";
import { startSandbox, type Sandbox } from "../sandbox.ts";
import { startReceiver, type Receiver } from "../testing/receiver.ts";
import { createVendorRouter } from "./vendor-router.ts";
import type { ContractView } from "./view.ts";
import { until } from "../testing/until.ts";

const today = () => new Date();
let sandbox: Sandbox;
let receiver: Receiver;
let echo: { url: string; calls: HttpCall[]; [Symbol.asyncDispose](): Promise<void> };

beforeAll(async () => {
  receiver = await startReceiver();
  sandbox = await startSandbox({ port: 0, receiverPort: receiver.port });
  echo = await startEcho();
});

afterAll(async () => {
  await sandbox.stop();
  await receiver[Symbol.asyncDispose]();
  await echo[Symbol.asyncDispose]();
});

const contract: VendorContract = {
  walk: {
    externalId: "c1",
    title: "Order form",
    sender: { name: "Mara", email: "mara@example.com" },
    fields: {},
    recipients: [],
  },
  steps: [],
};

async function startEcho(): Promise<typeof echo> {
  const calls: HttpCall[] = [];
  const answer = (call: HttpCall, contracts: readonly VendorContract[]) => {
    calls.push(call);
    const headers = { "content-type": "application/pdf", "x-contracts": String(contracts.length) };
    return { status: 206, headers, body: Uint8Array.of(0x25, 0xff, 0x00, 0x80) };
  };
  const router = createVendorRouter({
    vendorSideOf: (id) => (id === "echo" ? { answer } : {}),
    contractsOf: () => [contract],
    now: today,
  });
  const server = createServer(express().use("/providers", router));
  const port = await listen(server, 0);
  const url = `http://127.0.0.1:${port}/providers`;
  return { url, calls, [Symbol.asyncDispose]: () => close(server) };
}

test.each([
  ["GET", "/restapi/v2.1/items?from=2026-11-23T10%3A00%3A00Z", {}, undefined],
  ["POST", "/oauth/token", { "content-type": "application/x-www-form-urlencoded" }, "a=b%20c&d=1"],
  ["POST", "/oauth/token", { "content-type": "application/jwt" }, "eyJhbGciOi.J9.sig"],
  ["PUT", "/items/1", { "content-type": "application/json", authorization: "Bearer x" }, "{ }"],
])("%s %s reaches the vendor's side as it was sent: %#", async (method, path, headers, body) => {
  const answer = await fetch(`${echo.url}/echo/api${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const call = echo.calls.at(-1);
  expect(call).toMatchObject({ method, url: path, headers });
  expect(call?.body).toBe(body);
  expect(answer.status).toBe(206);
  expect(answer.headers.get("content-type")).toBe("application/pdf");
  expect(answer.headers.get("x-contracts")).toBe("1");
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0x25, 0xff, 0x00, 0x80]);
});

test.each([
  ["GET", "/other/api/anything", 404],
  ["PATCH", "/echo/api/items/1", 405],
])("%s %s is refused with a sentence", async (method, path, status) => {
  const answer = await fetch(`${echo.url}${path}`, { method });
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ error: expect.stringContaining("The sandbox") });
});

test("a provider that nobody knows has no API", async () => {
  expect((await fetch(`${sandbox.url}/providers/nobody/api/items`)).status).toBe(404);
});

const http: Http = async ({ method, url, headers, body }) => {
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: bytes };
};

const readable = providers.filter(({ client, vendorSide }) => client && "answer" in vendorSide);

test.each(readable)("$id: its client reads back what was signed", async (provider) => {
  const alone = { ...draft, signers: draft.signers.slice(0, 1) };
  const since = new Date(Date.now() - 60_000);
  sandbox.desk.act(sandbox.desk.send(provider.id, alone), {
    kind: "sign",
    signer: "ken@example.com",
  });
  const access = provider.client?.access.parse(
    provider.vendorSide.access?.(`${sandbox.url}/providers/${provider.id}/api`),
  );
  const connection = provider.client?.connect(access, { http, now: today });
  const externalId = await until(() => completedId(provider.id));
  const reading = await connection?.fetchContract(externalId);
  expect(reading).toMatchObject({ outcome: "ok", value: { report: { externalId } } });
  const facts = reading?.outcome === "ok" ? reading.value.report.facts : [];
  expect(facts.map(({ type }) => type)).toContain("contract.completed");
  const changed = await connection?.listChangedSince(since);
  expect(changed).toMatchObject({ outcome: "ok", value: expect.arrayContaining([externalId]) });
  expect(await connection?.fetchSignedDocument(externalId)).toMatchObject({ outcome: "ok" });
  expect(await connection?.fetchContract("nothing-here")).toMatchObject({ outcome: "missing" });
});

const draft = {
  title: "Order form",
  signers: [
    { name: "Ken Ito", email: "ken@example.com" },
    { name: "Ruth Abel", email: "ruth@example.com" },
  ],
};

const writable = ["docusign", "pandadoc", "documenso", "docuseal"];

test.each(writable)("%s: a field that is written stays", async (id) => {
  const provider = providerById(id);
  if (provider === undefined) throw new Error(`There is no provider ${id}.`);
  const { externalId } = sandbox.desk.send(provider.id, draft).walk;
  sandbox.desk.send(provider.id, draft);
  const url = `${sandbox.url}/providers/${provider.id}`;
  const access = provider.client?.access.parse(provider.vendorSide.access?.(`${url}/api`));
  const { fields } = provider.client?.connect(access, { http, now: today }) ?? {};
  const opened = await fields?.open(externalId, "hubspot_deal_id");
  if (opened?.outcome !== "ok") throw new Error("The field was not opened.");
  expect(await opened.value.write("1003")).toEqual({ outcome: "ok", value: null });
  const shown = await fetch(url);
  const { contracts }: { contracts: ContractView[] } = JSON.parse(await shown.text());
  const named = contracts.filter((one) => one.fields["hubspot_deal_id"] === "1003");
  expect(named.map(({ id }) => id)).toEqual([externalId]);
});

/** The id under which the webhooks told of the contract. */
function completedId(id: string): string {
  const provider = providers.find((one) => one.id === id);
  const reports = receiver.requests.flatMap(({ providerId, request }) => {
    if (provider === undefined || providerId !== id) return [];
    const settings = provider.settings.parse({});
    const said = provider.normalize(request, { settings, receivedAt: today() });
    return said.understood ? said.reports : [];
  });
  const completed = reports.find(({ facts }) =>
    facts.some(({ type }) => type === "contract.completed"),
  );
  if (completed === undefined) throw new Error("not completed yet");
  return completed.externalId;
}
