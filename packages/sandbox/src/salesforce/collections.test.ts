import express from "express";
import jsforce from "jsforce";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSalesforce } from "./salesforce.ts";

const id = "006000000000001AAA";
const clientId = "sandbox-client";
const clientSecret = "sandbox-secret";
const fake = createSalesforce({ clientId, clientSecret, now: () => new Date() });
const server = express().use("/salesforce", fake.router).listen(0, "127.0.0.1");
let org: jsforce.Connection;

beforeAll(async () => {
  if (!server.listening) await once(server, "listening");
  const address = server.address();
  const loginUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/salesforce`;
  org = new jsforce.Connection({ version: "60.0", oauth2: { loginUrl, clientId, clientSecret } });
  await org.authorize({ grant_type: "client_credentials" });
});
beforeEach(() => fake.reset());
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("a collection answers per record, or all or none", async () => {
  const records = [
    { Id: id, NextStep: "A" },
    { Id: "006000000000099AAA", NextStep: "B" },
    { Id: "006000000000002AAA", StageName: "Signed" },
  ];
  const none = await org.update("Opportunity", records, { allOrNone: true });
  expect(none.map(({ success }) => success)).toEqual([false, false, false]);
  expect(none[0]?.errors).toMatchObject([{ statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" }]);
  expect(fake.journal()).toEqual([]);
  const some = await org.update("Opportunity", records);
  expect(some.map(({ success }) => success)).toEqual([true, false, false]);
  expect(some[1]?.errors).toMatchObject([{ statusCode: "INVALID_CROSS_REFERENCE_KEY" }]);
  const read = await org.retrieve("Opportunity", [id, "006000000000099AAA"], {
    fields: ["NextStep"],
  });
  expect(read).toMatchObject([{ NextStep: "A" }, null]);
  const many = Array.from({ length: 201 }, () => ({ Id: id, NextStep: "A" }));
  await expect(org.update("Opportunity", many)).rejects.toMatchObject({
    errorCode: "EXCEEDED_ID_LIMIT",
  });
  const created = await org.create("Opportunity", [
    { Name: "N", StageName: "Prospecting", CloseDate: "2026-12-31" },
    { Name: "N" },
  ]);
  expect(created.map(({ success }) => success)).toEqual([true, false]);
});

test.each([
  ["locked", "UNABLE_TO_LOCK_ROW"],
  ["refused", "FIELD_CUSTOM_VALIDATION_EXCEPTION"],
] as const)("a %s record fails alone, until it is free again", async (fault, statusCode) => {
  const [first = "", second = "", third = ""] = fake.addDeals(3);
  fake.setRecordFault(second, fault);
  fake.deleteAsPerson(third);
  const records = [first, second, third].map((Id) => ({ Id, NextStep: "A" }));
  const results = await org.update("Opportunity", records);
  expect(results).toMatchObject([
    { success: true },
    { success: false, errors: [{ statusCode }] },
    { success: false, errors: [{ statusCode: "ENTITY_IS_DELETED" }] },
  ]);
  fake.setRecordFault(second, null);
  expect(await org.update("Opportunity", { Id: second, NextStep: "A" })).toMatchObject({
    success: true,
  });
});
