import { expect, it } from "vitest";
import { findLink } from "./link.ts";

const crm = {
  linkField: "hubspot_deal_id",
  recordIds: { pattern: /^[0-9]{1,20}$/, looks: "a number, such as 1234567890" },
};

it.each([
  [{ hubspot_deal_id: "1001" }, { kind: "linked", recordId: "1001" }],
  [{ hubspot_deal_id: " 1001\n" }, { kind: "linked", recordId: "1001" }],
  [{}, { kind: "none", code: "no-link", message: expect.stringContaining('"hubspot_deal_id"') }],
  [{ hubspot_deal_id: "  " }, { kind: "none", code: "no-link" }],
  [{ hubspot_deal_id: "1001/x" }, { kind: "none", code: "bad-link" }],
  [
    { hubspot_deal_id: "Northgate" },
    { kind: "none", code: "bad-link", message: expect.stringContaining("a number, such as") },
  ],
])("%j", (fields, expected) => {
  expect(findLink({ fields }, crm)).toMatchObject(expected);
});
