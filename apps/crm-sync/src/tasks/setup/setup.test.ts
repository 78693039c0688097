import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createHubspot,
  createSalesforce,
  judgeHubspot,
  type Prism,
} from "../../testing/counterpart.ts";
import { apiVersion } from "../../crms/hubspot/paths.ts";
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
salesforce:
  stages: { completed: Closed Won }
  fields: { status: Deal_Contract__c, signedDate: Deal_Contract_Signed__c, url: Contract_URL__c }
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
});
afterAll(() => stack.disposeAsync());

const run = (...typed: string[]) => runTaskProcess(typed, environment);
const writes = (fake: typeof hubspot) =>
  fake.calls().filter(({ kind, status }) => kind === "write" && status === 201);

describe.each([
  ["hubspot", hubspot, 3, "create the property group"],
  ["salesforce", salesforce, 8, "create the field Opportunity.Deal_Contract__c"],
] as const)("countersign setup %s", (crm, fake, steps, said) => {
  it(
    "says what it would do, does it, and has nothing to do the second time",
    { timeout: 120_000 },
    async () => {
      const broken = await run("doctor", `--crm=${crm}`);
      expect(broken).toMatchObject({ is: "findings" });
      const proposed = await run("setup", `--crm=${crm}`);
      expect(proposed).toMatchObject({ exitCode: 0, data: { made: 0 } });
      expect(proposed.text).toContain(said);
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
  expect(await run("setup", "--crm=hubspot", "--yes")).toMatchObject({ data: { made: 3 } });
});

it("grants what an admin withholds from the integration user", async () => {
  salesforce.takeAway("Opportunity.edit");
  salesforce.takeAway("Contract_URL__c.read");
  expect(await run("setup", "--crm=salesforce", "--yes")).toMatchObject({ exitCode: 0 });
});

it("explains a CRM that is none", async () => {
  expect(await run("setup", "--crm=pipedrive")).toMatchObject({ exitCode: 1, is: "refused" });
  expect(await run("setup")).toMatchObject({
    exitCode: 2,
    is: "usage",
    text: expect.stringContaining("--crm: must name a CRM"),
  });
});
