import express from "express";
import jsforce from "jsforce";
import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSalesforce } from "./salesforce.ts";

const id = "006000000000001AAA";
const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
let clock = Date.parse("2026-11-23T10:00:00Z");
const fake = createSalesforce({
  clientId: "sandbox-client",
  clientSecret: "sandbox-secret",
  jwtPublicKey: keys.publicKey.export({ type: "spki", format: "pem" }).toString(),
  now: () => new Date((clock += 1000)),
});
const server = express().use("/salesforce", fake.router).listen(0, "127.0.0.1");
let loginUrl = "";
let org: jsforce.Connection;

beforeAll(async () => {
  if (!server.listening) await once(server, "listening");
  const address = server.address();
  loginUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/salesforce`;
  org = connect();
  await org.authorize({ grant_type: "client_credentials" });
});
beforeEach(() => fake.reset());
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function connect(clientSecret = "sandbox-secret"): jsforce.Connection {
  return new jsforce.Connection({
    version: "60.0",
    oauth2: { loginUrl, clientId: "sandbox-client", clientSecret },
    refreshFn: (connection, done) => void renew(connection, done),
  });
}

async function renew(
  { oauth2 }: jsforce.Connection,
  done: (error: Error | null, token?: string) => void,
): Promise<void> {
  const answer = await oauth2.requestToken({ grant_type: "client_credentials" });
  done(null, answer.access_token);
}

const update = (fields: Record<string, unknown>, headers: Record<string, string> = {}) =>
  org.update("Opportunity", { Id: id, ...fields }, { headers });
const read = () => org.retrieve("Opportunity", id);

test("client credentials lead the client back to the mount path", async () => {
  expect(org.instanceUrl).toBe(loginUrl);
  const wrong = connect("wrong").authorize({ grant_type: "client_credentials" });
  await expect(wrong).rejects.toMatchObject({ name: "invalid_client" });
});

test("a JWT opens a session only with the right signature and before it expires", async () => {
  const granted = connect();
  await granted.authorize({ grant_type: jwtGrant, assertion: assertion(180) });
  expect(await granted.retrieve("Opportunity", id)).toMatchObject({ Id: id });
  for (const bad of [assertion(-1), `${assertion(180).slice(0, -8)}AAAAAAAA`]) {
    const refused = connect().authorize({ grant_type: jwtGrant, assertion: bad });
    await expect(refused).rejects.toMatchObject({ name: "invalid_grant" });
  }
});

const jwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer";

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function assertion(secondsLeft: number): string {
  const exp = Math.floor(clock / 1000) + secondsLeft;
  const claims = { iss: "sandbox-client", sub: "bot@northgate.example", aud: loginUrl, exp };
  const signed = `${encode({ alg: "RS256" })}.${encode(claims)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), keys.privateKey).toString("base64url")}`;
}

test("stage decides closed, won, probability and forecast", async () => {
  expect(await read()).toMatchObject({
    StageName: "Proposal/Price Quote",
    IsClosed: false,
    Probability: 75,
  });
  await update({ StageName: "Closed Won" });
  expect(await read()).toMatchObject({
    IsClosed: true,
    IsWon: true,
    Probability: 100,
    ForecastCategoryName: "Closed",
  });
  await update({ StageName: "Qualification", Probability: 33 });
  await update({ NextStep: "Call" });
  expect(await read()).toMatchObject({ IsClosed: false, Probability: 33, ExpectedRevenue: 21_120 });
});

test("a date and time is kept in whole seconds, and is a moment", async () => {
  await update({ Contract_Signed_At__c: "2026-11-20T11:00:00.923+02:00" });
  expect(await read()).toMatchObject({ Contract_Signed_At__c: "2026-11-20T09:00:00.000+0000" });
  const day = update({ Contract_Signed_At__c: "2026-11-20" });
  await expect(day).rejects.toMatchObject({ errorCode: "JSON_PARSER_ERROR" });
});

test("the journal has real changes, the calls have every request", async () => {
  const before = await read();
  await update({ Contract_Status__c: "sent", Contract_Signed_Date__c: "2026-11-20" });
  await update({ Contract_Status__c: "sent" });
  expect(fake.journal()).toEqual([
    {
      at: expect.any(String),
      recordId: id,
      by: "api",
      changes: {
        Contract_Status__c: { from: null, to: "sent" },
        Contract_Signed_Date__c: { from: null, to: "2026-11-20" },
      },
    },
  ]);
  expect(fake.calls().filter(({ kind }) => kind === "write")).toHaveLength(2);
  const after = await read();
  expect(after["LastModifiedDate"] > before["LastModifiedDate"]).toBe(true);
  expect(org.limitInfo.apiUsage).toEqual({ used: 4, limit: 15_000 });
});

test.each([
  ["an unknown field", { StagName: "Closed Won" }, "INVALID_FIELD"],
  ["a computed field", { IsWon: true }, "INVALID_FIELD_FOR_INSERT_UPDATE"],
  [
    "a stage the org does not have",
    { StageName: "Signed" },
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
  ],
  ["text that is too long", { NextStep: "x".repeat(256) }, "STRING_TOO_LONG"],
  ["a date with a time", { CloseDate: "2026-11-20T00:00:00Z" }, "JSON_PARSER_ERROR"],
  ["an empty required field", { Name: null }, "REQUIRED_FIELD_MISSING"],
  ["an owner that is no user", { OwnerId: "001000000000001AAA" }, "MALFORMED_ID"],
])("refuses %s", async (_what, fields, errorCode) => {
  await expect(update(fields)).rejects.toMatchObject({ errorCode });
  expect(fake.journal()).toEqual([]);
});

test.each([
  ["006000000000099AAA", "NOT_FOUND"],
  ["006000000000001AAB", "MALFORMED_ID"],
  ["001000000000001AAA", "MALFORMED_ID"],
  ["nonsense", "NOT_FOUND"],
])("record %s answers %s", async (wrong, errorCode) => {
  await expect(org.retrieve("Opportunity", wrong)).rejects.toMatchObject({ errorCode });
});

test("a deleted record says so; 15 characters are enough", async () => {
  await org.destroy("Opportunity", "006000000000005");
  await expect(org.retrieve("Opportunity", "006000000000005AAA")).rejects.toMatchObject({
    errorCode: "ENTITY_IS_DELETED",
  });
});

test("If-Unmodified-Since guards against somebody else's change", async () => {
  const { LastModifiedDate } = await read();
  const since = new Date(LastModifiedDate).toUTCString();
  fake.editAsPerson(id, { stageId: "Negotiation/Review" }, "Hana");
  const late = update({ StageName: "Closed Won" }, { "If-Unmodified-Since": since });
  await expect(late).rejects.toMatchObject({ errorCode: "PRECONDITION_FAILED" });
  expect(fake.journal()).toMatchObject([{ by: "Hana" }]);
});

test("queries by id and tells the stages in order", async () => {
  const soql = `SELECT Id, Name, Account.Name, Owner.Email FROM Opportunity WHERE Id IN ('${id}', '006000000000002') ORDER BY Amount DESC`;
  const { records } = await org.query(soql);
  expect(records).toMatchObject([
    { Account: { Name: "Castor Maritime" } },
    { Id: id, Owner: { Email: "hana.kowalski@northgate.example" } },
  ]);
  const stages = await org.query(
    "SELECT MasterLabel, IsClosed, IsWon, SortOrder FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder",
  );
  expect(stages.records).toHaveLength(10);
  expect(stages.records[8]).toMatchObject({
    MasterLabel: "Closed Won",
    IsClosed: true,
    IsWon: true,
  });
  await expect(org.query("SELECT Nme FROM Opportunity")).rejects.toMatchObject({
    errorCode: "INVALID_FIELD",
  });
  await expect(org.query("SELECT Id FROM Opportunity WHERE")).rejects.toMatchObject({
    errorCode: "MALFORMED_QUERY",
  });
});

test("upserts by external id: created, updated, several found", async () => {
  const fields = {
    Contract_Id__c: "c-1",
    Name: "New",
    StageName: "Prospecting",
    CloseDate: "2026-12-31",
  };
  const created = await org.upsert("Opportunity", fields, "Contract_Id__c");
  expect(created).toMatchObject({ success: true, created: true });
  const updated = await org.upsert(
    "Opportunity",
    { Contract_Id__c: "c-1", NextStep: "Call" },
    "Contract_Id__c",
  );
  expect(updated).toMatchObject({ id: created.id, created: false });
  await expect(update({ Contract_Id__c: "c-1" })).rejects.toMatchObject({
    errorCode: "DUPLICATE_VALUE",
  });
  await org.update("Opportunity", [
    { Id: id, OrderNumber__c: "7" },
    { Id: "006000000000002AAA", OrderNumber__c: "7" },
  ]);
  const several = org.upsert(
    "Opportunity",
    { OrderNumber__c: "7", NextStep: "?" },
    "OrderNumber__c",
  );
  await expect(several).rejects.toMatchObject({ errorCode: "MULTIPLE_CHOICES" });
});

test("describes stages as a picklist, lists versions and limits", async () => {
  const { fields } = await org.describe("Opportunity");
  const stage = fields.find(({ name }) => name === "StageName");
  expect(stage?.picklistValues).toHaveLength(10);
  expect(await org.limits()).toMatchObject({ DailyApiRequests: { Max: 15_000 } });
  expect(await org.request("/services/data")).toContainEqual(
    expect.objectContaining({ version: "60.0" }),
  );
  const old = new jsforce.Connection({
    instanceUrl: loginUrl,
    accessToken: org.accessToken ?? "",
    version: "58.0",
  });
  await expect(old.retrieve("Opportunity", id)).rejects.toMatchObject({ errorCode: "NOT_FOUND" });
});

test("an expired session is renewed by the client and the call repeated", async () => {
  fake.setFault({ kind: "unauthorized" });
  await update({ NextStep: "Call" });
  expect(fake.calls().map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    "write 401",
    "sign-in 200",
    "write 204",
  ]);
  expect(fake.journal()).toHaveLength(1);
});

test("faults: over the limit, cut off after writing, any answer", async () => {
  fake.setFault({ kind: "rate-limited" });
  await expect(update({ NextStep: "A" })).rejects.toMatchObject({
    errorCode: "REQUEST_LIMIT_EXCEEDED",
  });
  const locked = [
    { message: "unable to obtain exclusive access", errorCode: "UNABLE_TO_LOCK_ROW", fields: [] },
  ];
  fake.setFault({ kind: "answer", status: 400, body: locked });
  await expect(update({ NextStep: "A" })).rejects.toMatchObject({
    errorCode: "UNABLE_TO_LOCK_ROW",
  });
  expect(fake.journal()).toEqual([]);
  fake.setFault({ kind: "drop-after-applying", on: "write" });
  await expect(update({ NextStep: "A" })).rejects.toThrow(/fetch failed|socket/);
  expect(fake.journal()).toHaveLength(1);
});

test("the board shows opportunities in neutral words", () => {
  expect(fake.editAsPerson(id, { stageId: "Signed" }, "Hana")).toMatchObject({ accepted: false });
  expect(fake.deals()[0]).toMatchObject({
    id,
    company: "Fernhill Robotics",
    amount: 64_000,
    owner: "Hana Kowalski",
    stageId: "Proposal/Price Quote",
    closed: false,
    contract: { status: null, signedDate: null, url: null },
  });
});
