import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Counterpart, Prism } from "../testing/counterpart.ts";
import { serveFake } from "../testing/serve-fake.ts";
import { counterpart as hubspot } from "./hubspot/counterpart.ts";
import { crmKinds } from "./index.ts";
import { counterpart as salesforce } from "./salesforce/counterpart.ts";

const counterparts: Record<(typeof crmKinds)[number]["id"], Counterpart> = { hubspot, salesforce };
const tools = { now: () => new Date(), timeout: 5_000, onCall: () => undefined };

/** What a look at each CRM needs, what is told where it is missing, and what that stops. */
const grants = {
  hubspot: [
    ["crm.schemas.companies.read", "the scope crm.schemas.companies.read", "record"],
    ["crm.objects.companies.read", "the scope crm.objects.companies.read", "everything"],
    ["crm.objects.companies.write", "the scope crm.objects.companies.write", "record"],
    ["crm.schemas.contacts.read", "the scope crm.schemas.contacts.read", "record"],
    ["crm.objects.contacts.read", "the scope crm.objects.contacts.read", "everything"],
    ["crm.objects.contacts.write", "the scope crm.objects.contacts.write", "record"],
  ],
  salesforce: [
    ["Account.read", "Grant Read on Accounts", "everything"],
    ["Account.edit", "Grant Edit on Accounts", "record"],
    ["Contact.read", "Grant Read on Contacts", "everything"],
    ["Contact.edit", "Grant Edit on Contacts", "record"],
    ["Account.Last_Contract__c.edit", "Edit access to Account.Last_Contract__c", "field"],
    ["Contact.Last_Signed_Title__c.read", "Create the Contact field", "everything"],
  ],
};

describe.each(crmKinds.map(({ id }) => id))("what %s is asked before the first write", (id) => {
  const counterpart = counterparts[id];
  const { fields } = counterpart;
  const stack = new AsyncDisposableStack();
  const fake = counterpart.createFake(() => new Date());
  let prism: Prism;

  beforeAll(async () => {
    prism = stack.use(await counterpart.judge(await serveFake(fake, stack)));
  }, 60_000);
  beforeEach(() => fake.reset());
  afterAll(() => stack.disposeAsync());

  const noStages = id === "hubspot" ? { pipelines: {} } : { stages: {} };
  const related = [
    { on: "account", to: fields.account, value: "title" },
    { on: "contact", to: fields.contact, value: "title" },
  ];
  const check = (more: object) =>
    counterpart.connect(prism.url, tools, { ...noStages, ...more }).check();

  it("finds nothing where all of it is there", async () => {
    expect(await check({ write: related, matching: {} })).toEqual([]);
    expect(fake.journal()).toEqual([]);
  });

  it.each(grants[id])("names the grant that is missing, once: %s", async (grant, fix, stops) => {
    fake.takeAway(grant);
    // With matching, files and notes the same grant may be missing for several reasons.
    expect(await check({ write: related, matching: {} })).toMatchObject([
      { fix: expect.stringContaining(fix), stops: { what: stops } },
    ]);
    expect(fake.journal()).toEqual([]);
  });

  it("does not ask for grants to records that nothing is written to", async () => {
    const unneeded = {
      hubspot: [
        "crm.schemas.companies.read",
        "crm.objects.companies.write",
        "crm.objects.contacts.read",
      ],
      salesforce: ["Account.edit", "Contact.read"],
    };
    for (const grant of unneeded[id]) fake.takeAway(grant);
    expect(await check({ files: undefined, notes: "none" })).toEqual([]);
  });

  it("only warns where Countersign's own fields are missing, unless they are not wanted", async () => {
    const own = counterpart.ownFields;
    for (const field of Object.values(own)) fake.deleteField(field);
    expect(await check({})).toEqual(
      Object.values(own).map((field) => ({
        code: "no-such-field",
        place: `${id}.ownFields`,
        message: expect.stringContaining(`"${field}"`),
        fix: expect.stringMatching(/countersign setup .*Or say ownFields: false\.$/),
        stops: { what: "nothing" },
      })),
    );
    expect(await check({ ownFields: false })).toEqual([]);
  });

  it("has made only calls, and got only answers, that the vendor's description has", () => {
    expect(prism.violations()).toEqual([]);
  });
});

describe("salesforce", () => {
  it("warns of records that will be refused for a required field, and says which", async () => {
    await using stack = new AsyncDisposableStack();
    const fake = salesforce.createFake(() => new Date());
    const url = await serveFake(fake, stack);
    const check = (more: object) => salesforce.connect(url, tools, { stages: {}, ...more }).check();
    const onAccount = [{ on: "account", to: "Last_Contract__c", value: "title" }];
    fake.requireAlways("Opportunity.OrderNumber__c");
    fake.requireAlways("Account.Standing__c");
    fake.requireAlways("Contact.Last_Signed_Title__c");
    expect(await check({ write: onAccount })).toMatchObject([
      {
        code: "required-field-empty",
        place: "salesforce: Opportunity.OrderNumber__c",
        message: expect.stringMatching(/empty in \d+ Opportunities, such as 006\w+, 006\w+, 006/),
        fix: "Fill Opportunity.OrderNumber__c in there, or make it optional.",
        stops: { what: "nothing" },
      },
      { place: "salesforce: Account.Standing__c" },
    ]);
    const filling = [{ to: "OrderNumber__c", constant: "1" }];
    expect(await check({ write: filling })).toEqual([]);
  });
});
