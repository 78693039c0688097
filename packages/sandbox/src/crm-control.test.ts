import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { sandboxEnvironment } from "./environment.ts";
import { startSandbox, type Sandbox } from "./sandbox.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, receiverPort: 1 });
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

const given = sandboxEnvironment({ sandboxPort: 0, receiverPort: 0, slackBotPort: 0 });

async function control(path: string, body: object): Promise<number> {
  const response = await fetch(`${sandbox.url}/control/crms/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return response.status;
}

const hubspot = (token = given["HUBSPOT_ACCESS_TOKEN"]) =>
  fetch(`${sandbox.url}/hubspot/crm/v3/pipelines/deals`, {
    headers: { authorization: `Bearer ${token}` },
  });

const signIn = (secret = given["SALESFORCE_CLIENT_SECRET"] ?? "") =>
  fetch(`${sandbox.url}/salesforce/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: given["SALESFORCE_CLIENT_ID"] ?? "",
      client_secret: secret,
    }),
  });

const Token = z.object({ access_token: z.string(), id: z.string() });
const signedIn = async () => Token.parse(await (await signIn()).json());

const opportunity = "/salesforce/services/data/v59.0/sobjects/Opportunity";
const salesforce = (token: string, path = `${opportunity}/describe`) =>
  fetch(`${sandbox.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
const edit = (token: string, fields: object) =>
  fetch(`${sandbox.url}${opportunity}/006000000000001AAA`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(fields),
  });

it("HubSpot lets in who has the token of this moment", async () => {
  expect((await hubspot()).status).toBe(200);
  await control("hubspot/secret", { secret: null });
  expect((await hubspot()).status).toBe(401);
  await control("hubspot/secret", { secret: "another" });
  expect([(await hubspot()).status, (await hubspot("another")).status]).toEqual([401, 200]);
  await sandbox.reset();
  expect((await hubspot()).status).toBe(200);
});

it("a secret of Salesforce's that is taken away ends what was signed in with it", async () => {
  const { access_token: token } = await signedIn();
  await control("salesforce/secret", { secret: null });
  expect((await salesforce(token)).status).toBe(401);
  expect(await (await signIn()).json()).toMatchObject({ error: "invalid_client" });
  await control("salesforce/secret", { secret: "another" });
  expect([(await signIn()).status, (await signIn("another")).status]).toEqual([400, 200]);
});

it("a successor is another user, with other grants, and the one before is out", async () => {
  const before = await signedIn();
  const lacking = ["Contract_URL__c.edit"];
  await control("salesforce/successor", { lacking });
  expect((await salesforce(before.access_token)).status).toBe(401);
  const after = await signedIn();
  expect(after.id).not.toBe(before.id);
  const url = { Contract_URL__c: "https://sign.example/1" };
  expect((await edit(after.access_token, url)).status).toBe(400);
  expect((await edit(after.access_token, { Contract_Status__c: "sent" })).status).toBe(204);
  await control("salesforce/grants", { grant: "Contract_URL__c.edit", given: true });
  expect((await edit(after.access_token, url)).status).toBe(204);
});

it("scopes are taken away and given back, and another key has its own", async () => {
  const scope = "crm.schemas.deals.read";
  await control("hubspot/grants", { grant: scope, given: false });
  expect((await hubspot()).status).toBe(403);
  await control("hubspot/grants", { grant: scope, given: true });
  expect((await hubspot()).status).toBe(200);
  await control("hubspot/successor", { lacking: [scope] });
  expect((await hubspot()).status).toBe(403);
});

it("a day's calls that others used up are counted, and refused when none is left", async () => {
  const { access_token: token } = await signedIn();
  for (const crm of ["hubspot", "salesforce"]) await control(`${crm}/daily-calls`, { left: 1 });
  const last = [await hubspot(), await salesforce(token)];
  expect(last.map(({ status }) => status)).toEqual([200, 200]);
  expect(last[0]?.headers.get("X-HubSpot-RateLimit-Daily-Remaining")).toBe("0");
  expect(last[1]?.headers.get("Sforce-Limit-Info")).toBe("api-usage=15000/15000");
  expect(await (await hubspot()).json()).toMatchObject({ policyName: "DAILY" });
  expect(await (await salesforce(token)).json()).toMatchObject([
    { errorCode: "REQUEST_LIMIT_EXCEEDED", message: expect.stringContaining("TotalRequests") },
  ]);
  for (const crm of ["hubspot", "salesforce"]) await control(`${crm}/daily-calls`, { left: null });
  expect([(await hubspot()).status, (await salesforce(token)).status]).toEqual([200, 200]);
});

it.each([
  ["pipedrive/secret", { secret: null }],
  ["hubspot/secret", {}],
  ["hubspot/daily-calls", { left: -1 }],
  ["salesforce/grants", { grant: "Opportunity.edit" }],
])("%s refuses what it does not understand: %j", async (path, body) => {
  expect(await control(path, body)).toBe(400);
});
