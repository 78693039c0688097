import fc from "fast-check";
import { expect, it } from "vitest";
import { crmNamed, crmTitle, readDealName } from "./read-deal-name.ts";
import { dealNames } from "./index.ts";

const both = ["hubspot", "salesforce"];
const hubspot = (recordId: string) => ({ kind: "deal", crm: "hubspot", recordId });
const salesforce = (recordId: string) => ({ kind: "deal", crm: "salesforce", recordId });
const org = "https://northgate.lightning.force.com";

it.each([
  ["1001", hubspot("1001")],
  [" 98765432109 ", hubspot("98765432109")],
  ["https://app.hubspot.com/contacts/44/record/0-3/1001", hubspot("1001")],
  ["https://app.hubspot.com/contacts/44/record/0-3/1001/view/1?a=b#c", hubspot("1001")],
  ["https://app-eu1.hubspot.com/contacts/44/deal/1001/", hubspot("1001")],
  ["app-na2.hubspot.com/contacts/44/deal/1001", hubspot("1001")],
  ["https://app.hubspot.com/contacts/44/record/0-1/1001", { kind: "other-record", crm: "hubspot" }],
  [
    "https://app.hubspot.com/contacts/44/objects/0-3/views/all",
    { kind: "other-record", crm: "hubspot" },
  ],
  ["0064x000004GmIrAAK", salesforce("0064x000004GmIrAAK")],
  ["0064x000004GmIr", salesforce("0064x000004GmIrAAK")],
  ["006000000000001", salesforce("006000000000001AAA")],
  ["0064x000004GmIrAAA", { kind: "mistyped", crm: "salesforce" }],
  ["0064x000004gmIrAAK", { kind: "mistyped", crm: "salesforce" }],
  ["0064x000004GmI", { kind: "mistyped", crm: "salesforce" }],
  ["0064x000004GmIrA", { kind: "mistyped", crm: "salesforce" }],
  ["0014x000004GmIrAAK", { kind: "other-record", crm: "salesforce" }],
  [`${org}/lightning/r/Opportunity/0064x000004GmIrAAK/view`, salesforce("0064x000004GmIrAAK")],
  [`${org}/lightning/r/0064x000004GmIr/view`, salesforce("0064x000004GmIrAAK")],
  ["https://northgate.my.salesforce.com/0064x000004GmIr", salesforce("0064x000004GmIrAAK")],
  [
    "https://northgate--uat.sandbox.my.salesforce.com/0064x000004GmIr",
    salesforce("0064x000004GmIrAAK"),
  ],
  [
    `${org}/lightning/r/Account/0014x000004GmIrAAK/view`,
    { kind: "other-record", crm: "salesforce" },
  ],
  [
    `${org}/lightning/r/Opportunity/0064x000004GmIrAAB/view`,
    { kind: "mistyped", crm: "salesforce" },
  ],
  [`${org}/lightning/o/Opportunity/list`, { kind: "other-record", crm: "salesforce" }],
  ["https://app.hubspot.com.evil.example/contacts/44/deal/1001", { kind: "unknown" }],
  ["https://evil.example/app.hubspot.com/contacts/44/deal/1001", { kind: "unknown" }],
  ["https://notforce.com/0064x000004GmIr", { kind: "unknown" }],
  ["javascript://app.hubspot.com/contacts/44/deal/1001", { kind: "unknown" }],
  ["0", { kind: "unknown" }],
  ["1".repeat(21), { kind: "unknown" }],
  ["lease", { kind: "unknown" }],
  ["", { kind: "unknown" }],
])("reads %j", (text, read) => {
  expect(readDealName(text, both)).toEqual(read);
});

it("names the CRM that is not connected", () => {
  const read = readDealName("0064x000004GmIr", ["hubspot"]);
  expect(read).toEqual({ kind: "not-connected", crm: "salesforce" });
});

it("reads each CRM's own examples", () => {
  for (const { crm, examples } of dealNames) {
    expect(readDealName(examples.id, both)).toMatchObject({ kind: "deal", crm });
    expect(readDealName(examples.url, both)).toMatchObject({ kind: "deal", crm });
  }
});

it("takes no 18-character id with one character changed", () => {
  const characters = "ABCDEFGHIJabcdefghij0123456789".split("");
  const body = fc.array(fc.constantFrom(...characters), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(body, fc.integer({ min: 3, max: 14 }), (rest, place) => {
      const whole = readDealName(`006${rest.join("")}`, both);
      const id = whole.kind === "deal" ? whole.recordId : "";
      const letter = id.charAt(place);
      const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
      fc.pre(other !== letter);
      const changed = `${id.slice(0, place)}${other}${id.slice(place + 1)}`;
      expect(readDealName(changed, both).kind).toBe("mistyped");
    }),
  );
});

it.each([
  ["hubspot", "hubspot"],
  ["HubSpot", "hubspot"],
  ["SALESFORCE", "salesforce"],
  ["pipedrive", null],
])("knows the CRM %j", (word, crm) => {
  expect(crmNamed(word, both)).toBe(crm);
});

it("knows no CRM that is not connected", () => {
  expect(crmNamed("hubspot", ["salesforce"])).toBeNull();
  expect([crmTitle("hubspot"), crmTitle("pipedrive")]).toEqual(["HubSpot", "pipedrive"]);
});
