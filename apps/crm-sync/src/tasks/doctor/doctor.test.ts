import { RetryLater } from "@countersign/store";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../crms/fault.ts";
import {
  createHubspot,
  createSalesforce,
  judgeHubspot,
  judgeSalesforce,
} from "../../testing/counterpart.ts";
import { counterpart } from "../../crms/hubspot/counterpart.ts";
import { apiVersion } from "../../crms/hubspot/paths.ts";
import { runTaskProcess, writeSettings } from "../../testing/run-task.ts";
import { serveFake } from "../../testing/serve-fake.ts";
import { task } from "./index.ts";

const stack = new AsyncDisposableStack();
const now = () => new Date();
const hubspot = createHubspot({ token: "t", now });
const salesforce = createSalesforce({ clientId: "client", clientSecret: "s", now });
let prisms: Awaited<ReturnType<typeof judgeHubspot>>[];
let environment: Record<string, string>;

beforeAll(async () => {
  prisms = [
    stack.use(await judgeHubspot({ upstream: await serveFake(hubspot, stack), apiVersion })),
    stack.use(
      await judgeSalesforce({ upstream: await serveFake(salesforce, stack), apiVersion: "59.0" }),
    ),
  ];
  environment = {
    HUBSPOT_ACCESS_TOKEN: "t",
    HUBSPOT_API_URL: prisms[0]?.url ?? "",
    SALESFORCE_LOGIN_URL: prisms[1]?.url ?? "",
    SALESFORCE_CLIENT_ID: "client",
    SALESFORCE_CLIENT_SECRET: "s",
  };
}, 60_000);
beforeEach(() => {
  hubspot.reset();
  salesforce.reset();
});
afterAll(() => stack.disposeAsync());

const whole = `
hubspot:
  pipelines: { default: { sent: contractsent, completed: closedwon } }
  fields: { status: contract_status, signedDate: contract_signed_date, url: contract_url }
salesforce:
  stages: { sent: Proposal/Price Quote, completed: Closed Won }
  fields: { status: Contract_Status__c, signedDate: Contract_Signed_Date__c, url: Contract_URL__c }
`;

function examine(settings: string, more: Record<string, string> = {}, typed: string[] = []) {
  const COUNTERSIGN_CONFIG = writeSettings(settings, stack);
  return runTaskProcess(["doctor", ...typed], { ...environment, COUNTERSIGN_CONFIG, ...more });
}

const askLater = () => Promise.reject(new RetryLater(300));

/** `crm code place` of each fault, and what there is to do. */
function faultsOf(report: { data: unknown }) {
  const found = report.data;
  if (!Array.isArray(found)) throw new Error("no findings");
  return found.flatMap(({ crm, faults }: { crm: string; faults: Fault[] }) =>
    faults.map(({ code, place, fix }) => ({ name: `${crm} ${code} ${place}`, fix })),
  );
}

describe("countersign doctor", () => {
  it("finds nothing where all is well, shows the quota, and changes nothing", async () => {
    const report = await examine(whole);
    expect(report).toMatchObject({ exitCode: 0, is: "done" });
    expect(report.text).toMatch(/^hubspot: all is well\. Of today's 625000 calls \d+ are left\./);
    expect(report.text).toMatch(
      /\nsalesforce: all is well\. Of today's 15000 calls \d+ are left\.$/,
    );
    expect(report.progress).toBe("asking hubspot\nasking salesforce\n");
    expect([...hubspot.journal(), ...salesforce.journal()]).toEqual([]);
    expect(prisms.flatMap((prism) => prism.violations())).toEqual([]);
  });

  it("names every field, type, option and stage that does not fit, and where", async () => {
    const report = await examine(`
hubspot:
  pipelines: { default: { sent: contractsentt }, renewals: { sent: a } }
  fields: { status: contract_state, signedDate: dealname, url: createdate }
salesforce:
  stages: { completed: Signed }
  fields: { status: OrderNumber__c, signedDate: Amount, url: ExpectedRevenue }
`);
    expect(report).toMatchObject({ exitCode: 1, is: "findings" });
    expect(faultsOf(report).map(({ name }) => name)).toEqual([
      "hubspot unknown-stage hubspot.pipelines.default.sent",
      "hubspot no-such-pipeline hubspot.pipelines.renewals",
      "hubspot no-such-field hubspot: contract_state",
      "hubspot read-only-field hubspot: createdate",
      "salesforce too-short salesforce: OrderNumber__c",
      "salesforce wrong-type salesforce: Amount",
      "salesforce read-only-field salesforce: ExpectedRevenue",
      "salesforce unknown-stage salesforce.stages.completed",
    ]);
    expect(report.text).toContain("To do: Set it to one of");
    expect(report.text).toContain("Create the deal property contract_state");
  });

  it("names the same of what deals belong to", async () => {
    const report = await examine(`
hubspot:
  pipelines: {}
  write:
    - { on: account, to: last_agreement, value: title }
    - { on: account, to: hs_lastmodifieddate, value: completedAt }
    - { on: account, to: standing, value: status, values: { voided: gone } }
    - { on: contact, to: date_of_birth, value: amount }
salesforce:
  stages: {}
  write:
    - { on: account, to: Website, value: url }
    - { on: account, to: Standing__c, constant: gone }
    - { on: contact, to: Last_Contract__c, value: title }
    - { on: contact, to: Birthdate, value: title }
`);
    const missing = ["draft", "viewed", "partially_signed", "declined", "gone", "expired"];
    expect(report).toMatchObject({ exitCode: 1, is: "findings" });
    expect(faultsOf(report).map(({ name, fix }) => [name, fix])).toEqual([
      [
        "hubspot no-such-field hubspot: account last_agreement",
        "Create the company property last_agreement (countersign setup hubspot), or correct its name.",
      ],
      [
        "hubspot read-only-field hubspot: account hs_lastmodifieddate",
        expect.stringContaining("name another property"),
      ],
      ...missing.map((option) => [
        "hubspot no-such-option hubspot: account standing",
        `Add the option "${option}" to "standing".`,
      ]),
      [
        "hubspot wrong-type hubspot: contact date_of_birth",
        expect.stringContaining("number or text"),
      ],
      [
        "salesforce read-only-field salesforce: account Website",
        expect.stringContaining("Grant Edit access to Account.Website"),
      ],
      [
        "salesforce no-such-option salesforce: account Standing__c",
        expect.stringContaining('"gone"'),
      ],
      [
        "salesforce no-such-field salesforce: contact Last_Contract__c",
        expect.stringContaining("Create the Contact field Last_Contract__c"),
      ],
      [
        "salesforce wrong-type salesforce: contact Birthdate",
        expect.stringContaining("text or choice"),
      ],
    ]);
    expect([...hubspot.journal(), ...salesforce.journal()]).toEqual([]);
    expect(prisms.flatMap((prism) => prism.violations())).toEqual([]);
  });

  it.each([
    ["hubspot", "crm.objects.deals.read", /the scope crm\.objects\.deals\.read/],
    ["hubspot", "crm.objects.deals.write", /the scope crm\.objects\.deals\.write/],
    ["hubspot", "crm.schemas.deals.read", /the scope crm\.schemas\.deals\.read/],
    ["salesforce", "Opportunity.edit", /Grant Edit on Opportunities/],
    ["salesforce", "Contract_URL__c.edit", /Grant Edit access to Opportunity\.Contract_URL__c/],
    ["salesforce", "Contract_URL__c.read", /Contract_URL__c and give the user access/],
  ])("names the exact grant that %s lacks: %s", async (crm, grant, fix) => {
    (crm === "hubspot" ? hubspot : salesforce).takeAway(grant);
    const report = await examine(whole);
    expect(report.exitCode).toBe(1);
    expect(faultsOf(report)).toEqual([
      { name: expect.stringContaining(crm), fix: expect.stringMatching(fix) },
    ]);
    expect([...hubspot.journal(), ...salesforce.journal()]).toEqual([]);
  });

  it("warns of a scope that only matching needs, and of nothing where it is off", async () => {
    hubspot.takeAway("crm.objects.contacts.read");
    expect(await examine(whole)).toMatchObject({ exitCode: 0 });
    const matched = whole.replace("hubspot:", "hubspot:\n  matching: {}");
    const report = await examine(matched);
    expect(report).toMatchObject({ exitCode: 0, is: "done" });
    expect(report.text).toContain("the scope crm.objects.contacts.read");
    expect(report.text).toContain("a warning");
  });

  it.each([
    ["hubspot", "crm.objects.contacts.read", /the scope crm\.objects\.contacts\.read/],
    ["hubspot", "crm.objects.contacts.write", /the scope crm\.objects\.contacts\.write/],
    ["hubspot", "files", /the scope files/],
    ["salesforce", "ContentVersion.create", /Grant Create on files/],
    ["salesforce", "Task.create", /Grant Create on tasks/],
  ])("warns of the grant that files and notes of %s lack: %s", async (crm, grant, fix) => {
    (crm === "hubspot" ? hubspot : salesforce).takeAway(grant);
    expect(await examine(whole)).toMatchObject({ exitCode: 0 });
    const wanting = whole.replace(`${crm}:`, `${crm}:\n  files: {}\n  notes: milestones`);
    const report = await examine(wanting);
    expect(report).toMatchObject({ exitCode: 0, is: "done" });
    expect(faultsOf(report)).toEqual([
      { name: expect.stringContaining(crm), fix: expect.stringMatching(fix) },
    ]);
    expect(report.text).toContain("a warning");
    expect([...hubspot.journal(), ...salesforce.journal()]).toEqual([]);
    expect(prisms.flatMap((prism) => prism.violations())).toEqual([]);
  });

  it("says that the day's calls are used up, where they are", async () => {
    const url = await serveFake(hubspot, stack);
    const crm = counterpart.connect(url, { now, timeout: 1_000, onCall: () => undefined });
    const spent = { ...crm, check: askLater, quota: () => ({ limit: 1_000, left: 100 }) };
    const tools = {
      now,
      crms: () => [spent],
      anyCrms: () => [spent],
      store: () => Promise.reject(),
      tell: () => undefined,
    };
    const report = await task.run({}, tools);
    expect(report).toMatchObject({ data: [{ faults: [{ code: "quota-low" }] }] });
    expect(report.text).toContain("Of the day's 1000 calls only 100 are left.");
  });

  it("says whose credentials are refused, and still asks the other", async () => {
    const report = await examine(whole, { HUBSPOT_ACCESS_TOKEN: "revoked" });
    expect(report.exitCode).toBe(1);
    expect(report.text).toContain("HubSpot refuses HUBSPOT_ACCESS_TOKEN");
    expect(report.text).toContain("salesforce: all is well.");
    expect(JSON.stringify(report)).not.toContain("revoked");
  });

  it("asks one CRM, and explains one that is not there", async () => {
    expect((await examine(whole, {}, ["--crm=salesforce"])).text).toMatch(/^salesforce: all/);
    expect(await examine(whole, {}, ["--crm=pipedrive"])).toMatchObject({
      exitCode: 1,
      is: "refused",
      text: expect.stringContaining("There is hubspot, salesforce."),
    });
  });

  it("explains settings that cannot be used", async () => {
    const report = await examine("hubspot: { pipelines: [] }");
    expect(report).toMatchObject({ is: "failed", exitCode: 1 });
    expect(report.text).toContain("hubspot.pipelines");
  });
});
