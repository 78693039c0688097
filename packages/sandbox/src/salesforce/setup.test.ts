import express from "express";
import jsforce from "jsforce";
import { once } from "node:events";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { createSalesforce } from "./salesforce.ts";

const fake = createSalesforce({ clientId: "c", clientSecret: "s", now: () => new Date() });
const server = express().use(fake.router).listen(0, "127.0.0.1");
let org: jsforce.Connection;
let userId = "";

beforeAll(async () => {
  if (!server.listening) await once(server, "listening");
  const address = server.address();
  const loginUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  org = new jsforce.Connection({
    version: "60.0",
    oauth2: { loginUrl, clientId: "c", clientSecret: "s" },
  });
  userId = (await org.authorize({ grant_type: "client_credentials" })).id;
});
beforeEach(() => fake.reset());
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const Described = z.object({
  updateable: z.boolean(),
  fields: z.array(z.object({ name: z.string(), updateable: z.boolean(), nillable: z.boolean() })),
});
const describeObject = async (object: string) =>
  Described.parse(await org.request(`/services/data/v60.0/sobjects/${object}/describe`));
const fieldOf = async (object: string, name: string) =>
  (await describeObject(object)).fields.find((field) => field.name === name);
const make = async (object: string, record: Record<string, unknown>) => {
  const saved = await org.create(object, record);
  return String(Array.isArray(saved) ? saved[0]?.id : saved.id);
};

/** The permission set that the user has, with these grants. */
async function grantWith(objects: string[], fields: string[]): Promise<string> {
  const ParentId = await make("PermissionSet", { Name: "Countersign", Label: "Countersign" });
  await make("PermissionSetAssignment", { PermissionSetId: ParentId, AssigneeId: userId });
  const all = { ParentId, PermissionsRead: true, PermissionsEdit: true };
  for (const SobjectType of objects) await make("ObjectPermissions", { ...all, SobjectType });
  for (const Field of fields) {
    await make("FieldPermissions", { ...all, Field, SobjectType: Field.split(".")[0] });
  }
  return ParentId;
}

test.each(["Account", "Contact"])(
  "what is withheld of %s is not there, until a permission set grants it",
  async (object) => {
    const name = object === "Account" ? "Last_Contract__c" : "Last_Signed_Title__c";
    const record = fake.relatedOf(
      "006000000000003AAA",
      object === "Account" ? "account" : "contact",
    );
    const write = () => org.update(object, { Id: record?.id ?? "", [name]: "Lease" });
    expect(await fieldOf(object, name)).toMatchObject({ updateable: true });
    fake.takeAway(`${object}.edit`);
    expect(await describeObject(object)).toMatchObject({ updateable: false });
    await expect(write()).rejects.toMatchObject({ errorCode: "INSUFFICIENT_ACCESS_OR_READONLY" });
    fake.takeAway(`${object}.${name}.read`);
    expect(await fieldOf(object, name)).toBeUndefined();
    fake.takeAway(`${object}.read`);
    await expect(describeObject(object)).rejects.toMatchObject({ errorCode: "NOT_FOUND" });
    await expect(org.query(`SELECT Id FROM ${object}`)).rejects.toMatchObject({
      errorCode: "INVALID_TYPE",
    });
    await grantWith([...new Set(["Account", object])], [`${object}.${name}`]);
    await write();
    expect(fake.journal()).toMatchObject([{ changes: { [name]: { from: null, to: "Lease" } } }]);
  },
);

test("a permission set that reads what belongs to accounts must read accounts first", async () => {
  await expect(grantWith(["Contact"], [])).rejects.toMatchObject({
    errorCode: "FIELD_INTEGRITY_EXCEPTION",
    message: "Permission Read Contact depends on permission(s): Read Account",
  });
});

test("a grant is made once, changed afterwards, and not made for what is required everywhere", async () => {
  fake.takeAway("Account.Standing__c.edit");
  const ParentId = await grantWith(["Account"], ["Account.Standing__c"]);
  expect(await fieldOf("Account", "Standing__c")).toMatchObject({ updateable: true });
  const all = { ParentId, SobjectType: "Account", PermissionsRead: true, PermissionsEdit: true };
  const again = make("FieldPermissions", { ...all, Field: "Account.Standing__c" });
  await expect(again).rejects.toMatchObject({ errorCode: "DUPLICATE_VALUE" });
  const { records } = await org.query("SELECT Id FROM FieldPermissions");
  const Id = String(records[0]?.["Id"]);
  await org.update("FieldPermissions", { Id, PermissionsRead: true, PermissionsEdit: false });
  expect(await fieldOf("Account", "Standing__c")).toMatchObject({ updateable: false });
  fake.requireAlways("Account.Last_Contract__c");
  const required = make("FieldPermissions", { ...all, Field: "Account.Last_Contract__c" });
  await expect(required).rejects.toMatchObject({
    errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
  });
});

test("a required field that is empty refuses every change, until the reset", async () => {
  const id = "006000000000003AAA";
  const update = (fields: object) => org.update("Opportunity", { Id: id, ...fields });
  fake.requireAlways("Opportunity.OrderNumber__c");
  expect(await fieldOf("Opportunity", "OrderNumber__c")).toMatchObject({ nillable: false });
  await expect(update({ NextStep: "Call" })).rejects.toMatchObject({
    errorCode: "REQUIRED_FIELD_MISSING",
    message: "Required fields are missing: [OrderNumber__c]",
  });
  await update({ NextStep: "Call", OrderNumber__c: "7" });
  fake.reset();
  await update({ NextStep: "Call" });
});

test("a field made for contacts stands in no description before it is granted; one that was deleted is gone", async () => {
  await org.request({
    method: "POST",
    url: "/services/data/v60.0/tooling/sobjects/CustomField",
    body: JSON.stringify({
      FullName: "Contact.Signed_Lately__c",
      Metadata: { label: "Signed lately", type: "Date" },
    }),
    headers: { "content-type": "application/json" },
  });
  const q =
    "SELECT DeveloperName, NamespacePrefix FROM CustomField WHERE TableEnumOrId = 'Contact'";
  expect(await org.tooling.query(q)).toMatchObject({
    records: expect.arrayContaining([
      expect.objectContaining({ DeveloperName: "Signed_Lately", NamespacePrefix: null }),
    ]),
  });
  expect(await fieldOf("Contact", "Signed_Lately__c")).toBeUndefined();
  await grantWith(["Account", "Contact"], ["Contact.Signed_Lately__c"]);
  expect(await fieldOf("Contact", "Signed_Lately__c")).toMatchObject({ updateable: true });
  fake.deleteField("Countersign_Status__c");
  expect(await fieldOf("Opportunity", "Countersign_Status__c")).toBeUndefined();
});
