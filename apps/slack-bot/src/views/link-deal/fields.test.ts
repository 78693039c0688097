import { expect, it } from "vitest";
import { readEntry } from "./fields.ts";

const both = ["hubspot", "salesforce"];

function filled(given: Record<string, string>) {
  const entries = Object.entries(given).map(([name, value]) => [name, { [name]: [value] }]);
  return Object.fromEntries(entries);
}

it.each([
  [{ deal: "1001" }, { crm: "hubspot", recordId: "1001" }],
  [{ deal: " 006000000000001 " }, { crm: "salesforce", recordId: "006000000000001AAA" }],
  [
    { deal: "1001", crm: "hubspot" },
    { crm: "hubspot", recordId: "1001" },
  ],
  [{ candidate: "hubspot:1002" }, { crm: "hubspot", recordId: "1002" }],
  [
    { candidate: "hubspot:1002", deal: "" },
    { crm: "hubspot", recordId: "1002" },
  ],
  [
    { candidate: "hubspot:1002", deal: "1001" },
    { crm: "hubspot", recordId: "1001" },
  ],
])("takes %j", (given, deal) => {
  expect(readEntry(filled(given), both)).toEqual({ kind: "deal", ...deal });
});

it.each([
  [{}, "deal", "Choose a deal, or enter its URL or id."],
  [{ candidate: "hubspot" }, "deal", "Choose a deal"],
  [{ deal: "lease" }, "deal", "I cannot read “lease” as a deal."],
  [{ deal: "0064x000004GmI" }, "deal", "a character is wrong or missing"],
  [{ deal: "https://app.hubspot.com/contacts/4/record/0-1/7" }, "deal", "it is not one deal"],
  [{ deal: "1001", crm: "salesforce" }, "deal", "That is a deal of HubSpot, not of Salesforce."],
  [{ candidate: "pipedrive:7" }, "candidate", "pipedrive is not connected here."],
])("refuses %j", (given, block, words) => {
  const read = readEntry(filled(given), both);
  expect(read).toEqual({ kind: "errors", errors: { [block]: expect.stringContaining(words) } });
});
