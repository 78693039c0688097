import { z } from "zod";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createHubspot,
  createSalesforce,
  judgeHubspot,
  type Prism,
} from "../../testing/counterpart.ts";
import { ownFields as hubspotOwn } from "../../crms/hubspot/index.ts";
import { apiVersion } from "../../crms/hubspot/paths.ts";
import { ownFields as salesforceOwn } from "../../crms/salesforce/index.ts";
import { runTaskProcess, writeSettings } from "../../testing/run-task.ts";
import { serveFake } from "../../testing/serve-fake.ts";

const stack = new AsyncDisposableStack();
const now = () => new Date();
const hubspot = createHubspot({ token: "t", now });
const salesforce = createSalesforce({ clientId: "client", clientSecret: "s", now });
let prism: Prism;
let environment: Record<string, string>;

const settings = `
hubspot:
  pipelines: { default: { completed: closedwon } }
  fields: { status: deal_contract, signedDate: deal_contract_signed, url: contract_url }
  write:
    - { on: account, to: newest_contract, value: title }
    - { on: contact, to: signed_lately, value: completedAt }
salesforce:
  stages: { completed: Closed Won }
  fields: { status: Deal_Contract__c, signedDate: Deal_Contract_Signed__c, url: Contract_URL__c }
  write:
    - { on: account, to: Newest_Contract__c, value: title }
    - { on: contact, to: Signed_Lately__c, value: completedAt }
`;

beforeAll(async () => {
  prism = stack.use(await judgeHubspot({ upstream: await serveFake(hubspot, stack), apiVersion }));
  environment = {
    COUNTERSIGN_CONFIG: writeSettings(settings, stack),
    HUBSPOT_ACCESS_TOKEN: "t",
    HUBSPOT_API_URL: prism.url,
    SALESFORCE_LOGIN_URL: await serveFake(salesforce, stack),
    SALESFORCE_CLIENT_ID: "client",
    SALESFORCE_CLIENT_SECRET: "s",
  };
}, 60_000);
beforeEach(() => {
  hubspot.reset();
  salesforce.reset();
  for (const field of Object.values(hubspotOwn)) hubspot.deleteField(field);
  for (const field of Object.values(salesforceOwn)) salesforce.deleteField(field);
});
afterAll(() => stack.disposeAsync());

const run = (...typed: string[]) => runTaskProcess(typed, environment);
const writes = (fake: typeof hubspot) =>
  fake.calls().filter(({ kind, status }) => kind === "write" && status === 201);

describe.each([
  [
    "hubspot",
    hubspot,
    9,
    [
      'create the property group "Countersign" for companies',
      'create the deal property countersign_contract_id ("Countersign contract id", text) for hubspot.ownFields',
      'create the deal property countersign_status ("Countersign status", a choice)',
      "create the contact property signed_lately",
    ],
  ],
  [
    "salesforce",
    salesforce,
    18,
    [
      "create the field Opportunity.Deal_Contract__c",
      'create the field Opportunity.Countersign_Contract_Id__c ("Countersign contract id", Text, external id)',
      "create the field Account.Newest_Contract__c",
      "let it read and edit Contact.Signed_Lately__c",
    ],
  ],
] as const)("countersign setup %s", (crm, fake, steps, said) => {
  it(
    "says what it would do, does it, and has nothing to do the second time",
    { timeout: 120_000 },
    async () => {
      const broken = await run("doctor", `--crm=${crm}`);
      expect(broken).toMatchObject({ is: "findings" });
      const proposed = await run("setup", `--crm=${crm}`);
      expect(proposed).toMatchObject({ exitCode: 0, data: { made: 0 } });
      for (const line of said) expect(proposed.text).toContain(line);
      expect(proposed.text).toContain("Nothing was changed. Add --yes to do it.");
      expect(writes(fake)).toEqual([]);

      const made = await run("setup", `--crm=${crm}`, "--yes");
      expect(made).toMatchObject({ exitCode: 0, is: "done", data: { made: steps, faults: [] } });
      expect(made.progress.split("\n").filter(Boolean)).toHaveLength(steps);
      expect(writes(fake)).toHaveLength(steps);

      const again = await run("setup", `--crm=${crm}`, "--yes");
      expect(again).toMatchObject({ exitCode: 0, data: { steps: [], made: 0 } });
      expect(again.text).toContain("nothing was changed");
      expect(writes(fake)).toHaveLength(steps);
      expect(await run("doctor", `--crm=${crm}`)).toMatchObject({ exitCode: 0, is: "done" });
      expect(prism.violations()).toEqual([]);
    },
  );
});

it("goes on where it broke off, and names the scope that was missing", async () => {
  hubspot.takeAway("crm.schemas.deals.write");
  const broken = await run("setup", "--crm=hubspot", "--yes");
  expect(broken).toMatchObject({ exitCode: 1, is: "findings", data: { made: 0 } });
  expect(broken.text).toContain("Grant crm.schemas.deals.write");
  hubspot.reset();
  expect(await run("setup", "--crm=hubspot", "--yes")).toMatchObject({ data: { made: 7 } });
});

it("grants what an admin withholds from the integration user", async () => {
  salesforce.takeAway("Opportunity.edit");
  salesforce.takeAway("Contract_URL__c.read");
  expect(await run("setup", "--crm=salesforce", "--yes")).toMatchObject({ exitCode: 0 });
});

it("gives back what an admin took from the permission set", async () => {
  await run("setup", "--crm=salesforce", "--yes");
  const url = environment["SALESFORCE_LOGIN_URL"] ?? "";
  const signedIn = await fetch(`${url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "client",
      client_secret: "s",
    }),
  });
  const { access_token: token } = z
    .object({ access_token: z.string() })
    .parse(await signedIn.json());
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/services/data/v59.0${path}`, { headers, ...init });
  for (const [table, where] of [
    ["ObjectPermissions", "SobjectType = 'Account'"],
    ["FieldPermissions", "Field = 'Contact.Signed_Lately__c'"],
  ]) {
    const q = new URLSearchParams({ q: `SELECT Id FROM ${table} WHERE ${where}` });
    const found = z
      .object({ records: z.tuple([z.object({ Id: z.string() })]) })
      .parse(await (await ask(`/query?${q.toString()}`)).json());
    const body = JSON.stringify({ PermissionsRead: true, PermissionsEdit: false });
    await ask(`/sobjects/${table}/${found.records[0].Id}`, { method: "PATCH", body });
  }
  expect(await run("setup", "--crm=salesforce", "--yes")).toMatchObject({
    exitCode: 0,
    data: {
      steps: ["let it read and edit Accounts", "let it read and edit Contact.Signed_Lately__c"],
    },
  });
  expect(await run("setup", "--crm=salesforce", "--yes")).toMatchObject({ data: { steps: [] } });
});

it("explains a CRM that is none", async () => {
  expect(await run("setup", "--crm=pipedrive")).toMatchObject({ exitCode: 1, is: "refused" });
  expect(await run("setup")).toMatchObject({
    exitCode: 2,
    is: "usage",
    text: expect.stringContaining("--crm: must name a CRM"),
  });
});
