import { openAsBlob } from "node:fs";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@hubspot/api-client";
import express, { type Router } from "express";
import jsforce from "jsforce";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHubspot } from "../hubspot/hubspot.ts";
import { createSalesforce } from "../salesforce/salesforce.ts";
import { judgeHubspot, judgeSalesforce, type Prism } from "./prism.ts";

const now = () => new Date("2026-11-23T10:00:00Z");
const pdf = Buffer.from("%PDF-1.4\n%%EOF\n");
const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

async function serve(router: Router): Promise<string> {
  const server = express().use(router).listen(0, "127.0.0.1");
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}

describe("HubSpot", () => {
  const fake = createHubspot({ token: "let-me-in", now });
  let prism: Prism;
  let client: Client;

  beforeAll(async () => {
    prism = stack.use(await judgeHubspot({ upstream: await serve(fake.router) }));
    client = new Client({ accessToken: "let-me-in", basePath: prism.url });
  }, 60_000);
  beforeEach(() => fake.reset());

  const upload = async (fileName: string, options: object = { access: "PRIVATE" }) => {
    const form = new FormData();
    form.append("file", new Blob([pdf], { type: "application/pdf" }), fileName);
    form.append("fileName", fileName);
    form.append("folderPath", "/countersign");
    form.append("options", JSON.stringify(options));
    return client.apiRequest({
      method: "POST",
      path: "/files/v3/files",
      body: form,
      defaultJson: false,
    });
  };

  test("a private file and a note that holds it hang on the deal; all of it fits the description", async () => {
    const uploaded = await upload("lease.pdf");
    expect(uploaded.status).toBe(201);
    const file = await client.files.filesApi.getMetadata("countersign/lease.pdf");
    const { id } = Object(file.file);
    const properties = {
      hs_timestamp: "2026-11-20T09:00:00.000Z",
      hs_note_body: "<p>Signed.</p>",
      hs_attachment_ids: String(id),
    };
    const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 214 }];
    const note = await client.apiRequest({
      method: "POST",
      path: "/crm/v3/objects/notes",
      body: { properties, associations: [{ to: { id: "1003" }, types }] },
    });
    expect(note.status).toBe(201);
    const listed = await client.crm.associations.v4.basicApi.getPage("deals", "1003", "notes");
    const [first] = listed.results;
    const read = await client.crm.objects.notes.batchApi.read({
      inputs: [{ id: String(first?.toObjectId) }],
      properties: ["hs_note_body", "hs_attachment_ids"],
      propertiesWithHistory: [],
    });
    expect(read.results).toMatchObject([{ properties: { hs_attachment_ids: id } }]);
    expect(fake.deals().find((deal) => deal.id === "1003")?.attached).toMatchObject({
      files: [{ id, name: "lease.pdf", size: pdf.length }],
      notes: [{ text: "<p>Signed.</p>", at: "2026-11-20T09:00:00.000Z" }],
    });
    expect(prism.unjudged()).toEqual([]);
    expect(prism.violations()).toEqual([]);
  });

  test("keeps a second file under a taken name beside the first, with a number", async () => {
    await upload("lease.pdf");
    await upload("lease.pdf");
    expect(fake.storedFiles()).toBe(2);
    const second = await client.files.filesApi.getMetadata("countersign/lease-1.pdf");
    expect(second).toMatchObject({ file: { name: "lease-1" } });
    await expect(client.files.filesApi.getMetadata("countersign/none.pdf")).rejects.toMatchObject({
      code: 404,
    });
    expect((await upload("lease.pdf", {})).status).toBe(400);
  });

  test.each([
    ["without a time", { hs_note_body: "x" }, "1003"],
    [
      "too long",
      { hs_timestamp: "2026-11-20T09:00:00Z", hs_note_body: "x".repeat(65_537) },
      "1003",
    ],
    ["of no deal", { hs_timestamp: "2026-11-20T09:00:00Z" }, "99"],
  ])("refuses a note %s", async (_what, properties, id) => {
    const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 214 }];
    const body = { properties, associations: [{ to: { id }, types }] };
    const answer = await client.apiRequest({
      method: "POST",
      path: "/crm/v3/objects/notes",
      body,
    });
    expect(answer.status).toBe(400);
  });
});

describe("Salesforce", () => {
  const opportunity = "006000000000001AAA";
  const fake = createSalesforce({ clientId: "client", clientSecret: "secret", now });
  let prism: Prism;
  let org: jsforce.Connection;

  beforeAll(async () => {
    prism = stack.use(
      await judgeSalesforce({ upstream: await serve(fake.router), apiVersion: "60.0" }),
    );
    const oauth2 = { loginUrl: prism.url, clientId: "client", clientSecret: "secret" };
    org = new jsforce.Connection({ version: "60.0", oauth2 });
    await org.authorize({ grant_type: "client_credentials" });
    prism.unjudged().splice(0);
  }, 60_000);
  beforeEach(() => fake.reset());

  const version = {
    Title: "Lease",
    PathOnClient: "lease.pdf",
    FirstPublishLocationId: opportunity,
  };
  const attached = () => fake.deals().find((deal) => deal.id === opportunity)?.attached;

  test("a file and a task hang on the opportunity; all of it fits the description", async () => {
    await org.create("ContentVersion", { ...version, VersionData: pdf.toString("base64") });
    await org.create("Task", {
      WhatId: opportunity,
      Subject: "Contract completed",
      Description: "All have signed.",
      Status: "Completed",
      ActivityDate: "2026-11-20",
    });
    expect(prism.unjudged()).toEqual([]);
    expect(prism.violations()).toEqual([]);
    const links = await org.query(
      `SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '${opportunity}'`,
    );
    const [link] = links.records;
    const versions = await org.query(
      `SELECT Id, Title, Checksum FROM ContentVersion WHERE ContentDocumentId IN ('${String(link?.["ContentDocumentId"])}')`,
    );
    expect(versions.records).toMatchObject([{ Title: "Lease" }]);
    expect(attached()).toMatchObject({
      files: [{ name: "Lease.pdf", size: pdf.length }],
      notes: [{ at: "2026-11-20", text: "Contract completed\nAll have signed." }],
    });
  });

  test("takes a file in parts, as large ones come", async () => {
    const folder = await mkdtemp(join(tmpdir(), "countersign-test-"));
    stack.defer(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "lease.pdf"), pdf);
    const content = await openAsBlob(join(folder, "lease.pdf"));
    const boundary = `${"-".repeat(24)}countersign`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="entity_content"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(version)}\r\n--${boundary}\r\nContent-Disposition: form-data; name="VersionData"; filename="lease.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
    const answer = await fetch(`${org.instanceUrl}/services/data/v60.0/sobjects/ContentVersion`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${org.accessToken}`,
        "content-type": `multipart/form-data; boundary="${boundary}"`,
      },
      body: new Blob([head, content, `\r\n--${boundary}--\r\n`]),
    });
    expect(await answer.json()).toMatchObject({ success: true });
    expect(attached()).toMatchObject({ files: [{ name: "Lease.pdf", size: pdf.length }] });
  });

  test.each([
    ["PathOnClient", { PathOnClient: "" }, "REQUIRED_FIELD_MISSING"],
    [
      "an opportunity",
      { FirstPublishLocationId: "006000000000099AAA" },
      "INVALID_CROSS_REFERENCE_KEY",
    ],
    ["base64", { VersionData: "%PDF" }, "JSON_PARSER_ERROR"],
    ["a known field", { Titel: "x" }, "INVALID_FIELD"],
  ])("refuses a file without %s", async (_what, wrong, errorCode) => {
    const fields = { ...version, VersionData: "JVBERg==", ...wrong };
    await expect(org.create("ContentVersion", fields)).rejects.toMatchObject({ errorCode });
  });

  test("reads links for given records alone", async () => {
    const query = org.query("SELECT ContentDocumentId FROM ContentDocumentLink");
    await expect(query).rejects.toThrow(/requires a filter/);
  });
});
