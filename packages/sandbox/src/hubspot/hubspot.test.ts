import { Client } from "@hubspot/api-client";
import { ApiException } from "@hubspot/api-client/lib/codegen/crm/deals/apis/exception.js";
import { FilterOperatorEnum } from "@hubspot/api-client/lib/codegen/crm/deals/models/Filter.js";
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from "@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js";
import express from "express";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHubspot } from "./hubspot.ts";

let clock = Date.parse("2026-11-23T10:00:00Z");
const fake = createHubspot({ token: "let-me-in", now: () => new Date((clock += 1000)) });
const app = express().use("/hubspot", fake.router);
const server = app.listen(0, "127.0.0.1");
let client: Client;
let basePath = "";

beforeAll(async () => {
  if (!server.listening) await once(server, "listening");
  const address = server.address();
  basePath = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/hubspot`;
  client = new Client({
    accessToken: "let-me-in",
    basePath,
    numberOfApiCallRetries: 0,
    limiterOptions: {},
  });
});
beforeEach(() => fake.reset());
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const deals = () => client.crm.deals;
const patch = (properties: Record<string, string>, id = "1001") =>
  deals().basicApi.update(id, { properties });

async function failure(
  call: Promise<unknown>,
): Promise<{ code: number; body: unknown; headers: unknown }> {
  const error = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(error instanceof ApiException))
    throw new Error("the call did not fail as the client fails", { cause: error });
  return { code: error.code, body: error.body, headers: error.headers };
}

test("reads the asked properties of a deal, all as text", async () => {
  const deal = await deals().basicApi.getById("1001", [
    "dealstage",
    "amount",
    "contract_status",
    "nonsense",
  ]);
  expect(deal.properties).toMatchObject({
    dealstage: "presentationscheduled",
    amount: "48000",
    contract_status: null,
    hs_object_id: "1001",
  });
  expect(deal.properties).not.toHaveProperty("nonsense");
});

test("moves a deal once, and a second identical call changes nothing", async () => {
  const before = await deals().basicApi.getById("1001");
  const moved = await patch({ dealstage: "closedwon", contract_signed_date: "2026-11-20" });
  const again = await patch({ dealstage: "closedwon", contract_signed_date: "2026-11-20" });
  expect(moved.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
  expect(again.updatedAt).toEqual(moved.updatedAt);
  expect(fake.journal()).toEqual([
    {
      at: expect.any(String),
      recordId: "1001",
      by: "api",
      changes: {
        dealstage: { from: "presentationscheduled", to: "closedwon" },
        contract_signed_date: { from: null, to: "2026-11-20" },
      },
    },
  ]);
  expect(fake.calls().filter(({ kind }) => kind === "write")).toHaveLength(2);
  expect(fake.calls()[1]).toMatchObject({
    method: "PATCH",
    path: "/crm/v3/objects/deals/1001",
    status: 200,
  });
});

test.each([
  ["an unknown property", { contract_statsu: "sent" }, "PROPERTY_DOESNT_EXIST"],
  ["a stage of another pipeline", { dealstage: "154862031" }, "INVALID_OPTION"],
  ["another pipeline without one of its stages", { pipeline: "75318642" }, "INVALID_OPTION"],
  ["a read-only property", { hs_is_closed: "true" }, "READ_ONLY_VALUE"],
  ["a date with a time of day", { contract_signed_date: "2026-11-20T13:45:00Z" }, "INVALID_DATE"],
  ["a number with thousands separators", { amount: "48,000" }, "INVALID_NUMBER"],
])("refuses %s", async (_what, properties, code) => {
  const { code: status, body } = await failure(patch(properties));
  expect(status).toBe(400);
  expect(body).toMatchObject({ status: "error", category: "VALIDATION_ERROR", errors: [{ code }] });
  expect(fake.journal()).toEqual([]);
});

test("answers 404 and 401 in HubSpot's shape", async () => {
  const missing = await failure(deals().basicApi.getById("9"));
  expect(missing).toMatchObject({ code: 404, body: { category: "OBJECT_NOT_FOUND" } });
  const stranger = new Client({ accessToken: "wrong", basePath });
  const refused = await failure(stranger.crm.deals.basicApi.getById("1001"));
  expect(refused).toMatchObject({ code: 401, body: { category: "INVALID_AUTHENTICATION" } });
});

const inputOf = (id: string, properties: Record<string, string>, traced = true) => ({
  id,
  properties,
  ...(traced && { objectWriteTraceId: `t-${id}` }),
});
const sent = { contract_status: "sent" };

test("of traced inputs a wrong one fails alone, and a deal that is not there is not mentioned", async () => {
  const inputs = [inputOf("1002", sent), inputOf("9", sent), inputOf("1003", { dealstage: "no" })];
  const answer = await deals().batchApi.update({ inputs });
  expect(answer).toMatchObject({
    numErrors: 1,
    results: [{ id: "1002" }],
    errors: [{ category: "VALIDATION_ERROR", context: { objectWriteTraceId: ["t-1003"] } }],
  });
  expect(fake.journal()).toHaveLength(1);
});

test("a batch read tells in one error of all that it did not find", async () => {
  const inputs = ["1002", "8", "9"].map((id) => ({ id }));
  const read = await deals().batchApi.read({ inputs, properties: [], propertiesWithHistory: [] });
  expect(read).toMatchObject({
    numErrors: 1,
    results: [{ id: "1002" }],
    errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: ["8", "9"] } }],
  });
});

test.each([
  ["a wrong input without a trace id", [inputOf("1003", { dealstage: "no" }, false)], 400],
  ["a deal twice", [inputOf("1002", sent)], 400],
  ["a locked deal", [inputOf("1004", sent)], 423],
  ["more than 100", Array.from({ length: 100 }, (_, index) => inputOf(`${index}`, sent)), 400],
])("a batch with %s is refused as a whole", async (_what, more, code) => {
  fake.setRecordFault("1004", "locked");
  const inputs = [inputOf("1002", sent), ...more];
  expect(await failure(deals().batchApi.update({ inputs }))).toMatchObject({ code });
  expect(fake.journal()).toEqual([]);
});

test("a deal that a rule refuses is free again when the rule goes", async () => {
  fake.setRecordFault("1001", "refused");
  expect(await failure(patch(sent))).toMatchObject({ code: 400 });
  fake.setRecordFault("1001", null);
  await patch(sent);
  expect(fake.journal()).toHaveLength(1);
});

test("takes in more deals, and lets a person delete one", async () => {
  const [first = "", second = ""] = fake.addDeals(2);
  fake.deleteAsPerson(first);
  expect(await failure(patch(sent, first))).toMatchObject({ code: 404 });
  await patch(sent, second);
  expect(fake.deals()).toHaveLength(9);
});

test("a unique property made by the app identifies deals", async () => {
  await client.crm.properties.coreApi.create("deals", {
    name: "contract_id",
    label: "Contract ID",
    type: PropertyCreateTypeEnum.String,
    fieldType: PropertyCreateFieldTypeEnum.Text,
    groupName: "contract",
    hasUniqueValue: true,
  });
  await patch({ contract_id: "c/1" });
  const found = await deals().basicApi.getById(
    "c/1",
    undefined,
    undefined,
    undefined,
    undefined,
    "contract_id",
  );
  expect(found.id).toBe("1001");
  const clash = await failure(patch({ contract_id: "c/1" }, "1002"));
  expect(clash).toMatchObject({ code: 409, body: { category: "CONFLICT" } });
  const upserted = await deals().batchApi.upsert({
    inputs: [
      { id: "c/1", idProperty: "contract_id", properties: { contract_status: "viewed" } },
      {
        id: "c/2",
        idProperty: "contract_id",
        properties: { dealname: "New", dealstage: "contractsent" },
      },
    ],
  });
  expect(upserted.results.map((deal) => deal._new)).toEqual([false, true]);
  const search = await deals().searchApi.doSearch({
    filterGroups: [
      { filters: [{ propertyName: "contract_id", operator: FilterOperatorEnum.HasProperty }] },
    ],
  });
  expect(search).toMatchObject({ total: 2 });
});

test.each([
  ["companies", "account"],
  ["contacts", "contact"],
] as const)(
  "properties of %s are made in their group, and written by who may",
  async (type, kind) => {
    const { coreApi, groupsApi } = client.crm.properties;
    const property = {
      name: "newest_contract",
      label: "Newest contract",
      type: PropertyCreateTypeEnum.String,
      fieldType: PropertyCreateFieldTypeEnum.Text,
      groupName: "countersign",
    };
    const ungrouped = await coreApi
      .create(type, property)
      .catch((error: { code: number }) => error);
    expect(ungrouped).toMatchObject({ code: 400 });
    await groupsApi.create(type, { name: "countersign", label: "Countersign" });
    await coreApi.create(type, property);
    const names = async (of: string) => (await coreApi.getAll(of)).results.map(({ name }) => name);
    expect(await names(type)).toContain("newest_contract");
    expect(await names("deals")).not.toContain("newest_contract");
    const record = fake.relatedOf("1003", kind);
    const write = () =>
      fetch(`${basePath}/crm/objects/2026-09/${type}/${record?.id}`, {
        method: "PATCH",
        headers: { authorization: "Bearer let-me-in", "content-type": "application/json" },
        body: JSON.stringify({ properties: { newest_contract: "Lease" } }),
      });
    expect((await write()).status).toBe(200);
    expect(fake.relatedOf("1003", kind)?.fields["newest_contract"]).toBe("Lease");
    fake.takeAway(`crm.objects.${type}.write`);
    expect(await (await write()).json()).toMatchObject({ category: "MISSING_SCOPES" });
    fake.takeAway(`crm.schemas.${type}.read`);
    await expect(coreApi.getAll(type)).rejects.toMatchObject({ code: 403 });
  },
);

test("tells stages with their meaning, and owners", async () => {
  const { results } = await client.crm.pipelines.pipelinesApi.getAll("deals");
  const won = results[0]?.stages.find(({ id }) => id === "closedwon");
  expect(won?.metadata).toEqual({ isClosed: "true", probability: "1.0" });
  expect((await client.crm.owners.ownersApi.getPage()).results).toHaveLength(3);
});

test("serves the dated paths too", async () => {
  const answer = await client.apiRequest({ path: "/crm/objects/2026-03/deals/1001" });
  expect(await answer.json()).toMatchObject({ id: "1001" });
});

test("faults are met in order and then gone", async () => {
  fake.setFault({ kind: "rate-limited", retryAfterSeconds: 7 });
  fake.setFault({ kind: "server-error", on: "write", times: 2 });
  const limited = await failure(deals().basicApi.getById("1001"));
  expect(limited).toMatchObject({
    code: 429,
    headers: { "retry-after": "7" },
    body: { policyName: "TEN_SECONDLY_ROLLING" },
  });
  await deals().basicApi.getById("1001");
  expect(await failure(patch({ contract_status: "sent" }))).toMatchObject({ code: 500 });
  expect(await failure(patch({ contract_status: "sent" }))).toMatchObject({ code: 500 });
  expect(fake.faults()).toEqual([]);
  await patch({ contract_status: "sent" });
  expect(fake.journal()).toHaveLength(1);
});

test("a dropped connection leaves the write done; a hang leaves it undone", async () => {
  fake.setFault({ kind: "drop-after-applying", on: "write" });
  await expect(patch({ contract_status: "sent" })).rejects.toThrow(/fetch failed/);
  expect(fake.journal()).toHaveLength(1);
  fake.setFault({ kind: "hang" });
  const waited = fetch(`${basePath}/crm/v3/owners`, { signal: AbortSignal.timeout(100) });
  await expect(waited).rejects.toThrow(/timeout/);
  expect(fake.calls().map(({ status }) => status)).toEqual([null, null]);
});

test("a person's edit follows the same rules and shows on the board", () => {
  expect(fake.editAsPerson("1001", { stageId: "closedwon" }, "Mara")).toEqual({ accepted: true });
  expect(fake.editAsPerson("1001", { stageId: "nowhere" }, "Mara")).toMatchObject({
    accepted: false,
  });
  expect(fake.journal()).toMatchObject([{ by: "Mara", recordId: "1001" }]);
  expect(fake.deals()[0]).toMatchObject({
    id: "1001",
    company: "Harborlight Analytics",
    amount: 48_000,
    owner: "Mara Lindqvist",
    stageLabel: "Closed Won",
    closed: true,
  });
  fake.reset();
  expect(fake.deals()[0]?.stageId).toBe("presentationscheduled");
});

const read = (id: string) =>
  deals().basicApi.getById(id, ["dealname", "description", "hs_merged_object_ids"]);

test("makes a third deal of two that are merged, which their ids find, and their associations not", async () => {
  await patch({ description: "Ours" }, "1002");
  const contacts = [fake.relatedOf("1001", "contact")?.id, fake.relatedOf("1002", "contact")?.id];
  const { properties } = await read("1001");
  const id = fake.mergeAsPerson("1002", "1001");
  expect(["1001", "1002"]).not.toContain(id);
  expect(fake.deals().map((deal) => deal.id)).not.toContain("1001");
  for (const asked of ["1001", "1002", id]) {
    expect(await read(asked)).toMatchObject({
      id,
      properties: {
        dealname: properties["dealname"],
        description: "Ours",
        hs_merged_object_ids: "1001;1002",
      },
    });
  }
  const { results } = await client.crm.associations.v4.batchApi.getPage("deals", "contacts", {
    inputs: [{ id: "1001" }, { id: "1002" }, { id }],
  });
  expect(results.map(({ _from, to }) => [_from.id, to.map((one) => one.toObjectId)])).toEqual([
    [id, contacts],
  ]);
  const last = fake.mergeAsPerson(id, "1003");
  expect((await read("1001")).id).toBe(last);
});
