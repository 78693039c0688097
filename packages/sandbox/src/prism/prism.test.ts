import { Client } from "@hubspot/api-client";
import { FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/deals/models/Filter.js";
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from "@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js";
import express, { type Router } from "express";
import jsforce from "jsforce";
import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CrmFake } from "../crm-fake.ts";
import { createHubspot } from "../hubspot/hubspot.ts";
import { createSalesforce } from "../salesforce/salesforce.ts";
import { judgeHubspot, judgeSalesforce, startPrism, type Prism } from "./prism.ts";

const now = () => new Date("2026-11-23T10:00:00Z");

async function serve(mount: string, router: Router, stack: AsyncDisposableStack): Promise<string> {
  const server = express().use(mount, router).listen(0, "127.0.0.1");
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}${mount}`;
}

function forget(fake: CrmFake, prism: Prism): void {
  fake.reset();
  prism.violations().splice(0);
  prism.unjudged().splice(0);
}

describe("HubSpot", () => {
  const stack = new AsyncDisposableStack();
  const fake = createHubspot({ token: "let-me-in", now });
  let prism: Prism;
  let client: Client;

  beforeAll(async () => {
    const upstream = await serve("/hubspot", fake.router, stack);
    prism = stack.use(await judgeHubspot({ upstream }));
    client = new Client({ accessToken: "let-me-in", basePath: prism.url });
  });
  beforeEach(() => forget(fake, prism));
  afterAll(() => stack.disposeAsync());

  test("every call of the real client and every answer fits the description", async () => {
    const { basicApi, batchApi, searchApi } = client.crm.deals;
    const { coreApi, groupsApi } = client.crm.properties;
    await groupsApi.create("deals", { name: "countersign", label: "Countersign" });
    await groupsApi.getAll("deals");
    await coreApi.create("deals", {
      name: "contract_id",
      label: "Contract ID",
      type: PropertyCreateTypeEnum.String,
      fieldType: PropertyCreateFieldTypeEnum.Text,
      groupName: "countersign",
      hasUniqueValue: true,
    });
    await coreApi.getAll("deals");
    await coreApi.getByName("deals", "contract_id");
    await client.crm.pipelines.pipelinesApi.getAll("deals");
    await client.crm.pipelines.pipelinesApi.getById("deals", "default");
    await client.crm.owners.ownersApi.getPage();
    const properties = { dealstage: "contractsent", contract_id: "c-1" };
    await basicApi.update("1001", { properties });
    await basicApi.getById("1001", ["dealname", "contract_url"]);
    await basicApi.getById("c-1", undefined, undefined, undefined, undefined, "contract_id");
    await basicApi.create({ properties: { dealname: "New", dealstage: "contractsent" } });
    await batchApi.update({ inputs: [{ id: "1002", properties: { contract_status: "sent" } }] });
    const partly = await batchApi.update({
      inputs: [
        { id: "1003", properties: { contract_status: "" } },
        { id: "9", properties: {} },
        { id: "1004", objectWriteTraceId: "t", properties: { dealstage: "nowhere" } },
      ],
    });
    expect(partly).toMatchObject({ numErrors: 1 });
    const upsert = {
      id: "c-2",
      idProperty: "contract_id",
      properties: { dealstage: "contractsent" },
    };
    await batchApi.upsert({ inputs: [upsert] });
    await batchApi.read({
      inputs: [{ id: "1001" }, { id: "9" }],
      properties: ["amount"],
      propertiesWithHistory: [],
    });
    const filters = [{ propertyName: "dealname", operator: FilterOperatorEnum.HasProperty }];
    await searchApi.doSearch({ filterGroups: [{ filters }], limit: 2 });
    expect(fake.calls()).toHaveLength(17);
    expect(prism.unjudged()).toEqual([]);
    expect(prism.violations()).toEqual([]);
  });

  test("error answers fit the description", async () => {
    const { basicApi } = client.crm.deals;
    await expect(basicApi.getById("9")).rejects.toMatchObject({ code: 404 });
    await expect(basicApi.update("1001", { properties: { nonsense: "1" } })).rejects.toMatchObject({
      code: 400,
    });
    for (const kind of ["unauthorized", "server-error", "rate-limited"] as const) {
      fake.setFault({ kind });
      await expect(basicApi.getById("1001")).rejects.toThrow(/HTTP-Code: (401|500|429)/);
    }
    expect(fake.faults()).toEqual([]);
    expect(prism.violations()).toEqual([]);
  });

  test("a number as property value is caught", async () => {
    const body = { properties: { amount: 5 } };
    await client.apiRequest({ method: "PATCH", path: "/crm/v3/objects/deals/1001", body });
    expect(prism.violations()).toMatchObject([
      { method: "PATCH", path: "/crm/v3/objects/deals/1001" },
    ]);
    expect(prism.violations()[0]?.location).toEqual(["request", "body", "properties", "amount"]);
  });

  test("a path that HubSpot does not have is told apart", async () => {
    await client.apiRequest({ path: "/crm/v3/objects/deal/1001" });
    await client.apiRequest({ path: "/crm/v3/dealss" });
    expect(prism.unjudged()).toEqual(["GET /crm/v3/dealss"]);
  });

  test("a cut connection stays one behind Prism", async () => {
    fake.setFault({ kind: "drop-after-applying" });
    const properties = { contract_status: "sent" };
    await expect(client.crm.deals.basicApi.update("1001", { properties })).rejects.toThrow(
      /fetch failed/,
    );
    expect(fake.journal()).toHaveLength(1);
  });
});

describe("Salesforce", () => {
  const stack = new AsyncDisposableStack();
  const id = "006000000000001AAA";
  const fake = createSalesforce({ clientId: "client", clientSecret: "secret", now });
  let prism: Prism;
  let org: jsforce.Connection;

  beforeAll(async () => {
    const upstream = await serve("/salesforce", fake.router, stack);
    prism = stack.use(await judgeSalesforce({ upstream, apiVersion: "60.0" }));
    const oauth2 = { loginUrl: prism.url, clientId: "client", clientSecret: "secret" };
    org = new jsforce.Connection({ version: "60.0", oauth2 });
    await org.authorize({ grant_type: "client_credentials" });
  });
  beforeEach(() => forget(fake, prism));
  afterAll(() => stack.disposeAsync());

  test("signing in keeps the client behind Prism", () => {
    expect(org.instanceUrl).toBe(prism.url);
  });

  test("every judged call of the real client and every answer fits the description", async () => {
    await org.describe("Opportunity");
    await org.update("Opportunity", {
      Id: id,
      StageName: "Closed Won",
      NextStep: null,
      Contract_Signed_Date__c: "2026-11-20",
    });
    await org.retrieve("Opportunity", id);
    await org.retrieve("Opportunity", id, { fields: ["Id", "StageName", "Contract_URL__c"] });
    await org.create("Opportunity", {
      Name: "N",
      StageName: "Prospecting",
      CloseDate: "2026-12-31",
    });
    await org.destroy("Opportunity", "006000000000007AAA");
    expect(prism.unjudged()).toEqual([]);
    await org.query(`SELECT Id FROM Opportunity WHERE Id = '${id}'`);
    await org.update("Opportunity", [{ Id: id, NextStep: "A" }]);
    const fields = { Name: "U", StageName: "Prospecting", CloseDate: "2026-12-31" };
    await org.upsert("Opportunity", { Contract_Id__c: "c-1", ...fields }, "Contract_Id__c");
    expect(prism.unjudged()).toEqual([
      "GET /services/data/v60.0/query",
      "PATCH /services/data/v60.0/composite/sobjects",
      "PATCH /services/data/v60.0/sobjects/Opportunity/Contract_Id__c/c-1",
    ]);
    expect(fake.calls()).toHaveLength(9);
    expect(prism.violations()).toEqual([]);
  });

  test("error answers fit the description", async () => {
    const update = (fields: object, headers = {}) =>
      org.update("Opportunity", { Id: id, ...fields }, { headers });
    await expect(org.retrieve("Opportunity", "006000000000099AAA")).rejects.toThrow(/not exist/);
    await expect(update({ StageName: "Signed" })).rejects.toThrow(/restricted picklist/);
    const since = { "If-Unmodified-Since": "Thu, 01 Jan 2026 00:00:00 GMT" };
    await expect(update({ NextStep: "A" }, since)).rejects.toMatchObject({
      errorCode: "PRECONDITION_FAILED",
    });
    fake.setFault({ kind: "rate-limited" });
    await expect(update({ NextStep: "A" })).rejects.toThrow(/Limit exceeded/);
    expect(prism.violations()).toEqual([]);
  });

  test.each([
    ["a mistyped field", { StagName: "Closed Won" }],
    ["text as amount", { Amount: "48000" }],
    ["a date with a time", { CloseDate: "2026-11-20T00:00:00Z" }],
  ])("%s is caught", async (_what, fields) => {
    await expect(org.update("Opportunity", { Id: id, ...fields })).rejects.toThrow(
      /No such column|Cannot deserialize/,
    );
    const [violation, ...others] = prism.violations();
    expect(others).toEqual([]);
    expect(violation).toMatchObject({
      method: "PATCH",
      path: `/services/data/v60.0/sobjects/Opportunity/${id}`,
    });
    expect(JSON.stringify(violation)).toContain(Object.keys(fields)[0]);
  });
});

test("an answer that breaks the description is caught, so the fake is judged too", async () => {
  await using stack = new AsyncDisposableStack();
  const router = express.Router().get("/crm/v3/owners", (_request, response) => {
    response.json({ results: [{ id: 7 }] });
  });
  const prism = stack.use(await judgeHubspot({ upstream: await serve("/fake", router, stack) }));
  await fetch(`${prism.url}/crm/v3/owners`, { headers: { authorization: "Bearer x" } });
  expect(prism.violations().map(({ location }) => location[0])).toContain("response");
});

test("a description that cannot be read, or a taken port, is an error that says so", async () => {
  const upstream = "http://127.0.0.1:9";
  await expect(startPrism({ specPath: "/nowhere.json", upstream })).rejects.toThrow(
    /Prism did not start/,
  );
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  await expect(judgeHubspot({ upstream, port })).rejects.toThrow(/EADDRINUSE/);
  taken.close();
});
