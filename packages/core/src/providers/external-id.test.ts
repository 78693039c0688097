import { expect, test } from "vitest";
import { fieldsInExternalId } from "./external-id.ts";

test.each([
  [undefined, {}],
  ["crm-deal-4711", { external_id: "crm-deal-4711" }],
  ["hubspot_deal_id=1001", { external_id: "hubspot_deal_id=1001", hubspot_deal_id: "1001" }],
  ["a=1; b:2", { external_id: "a=1; b:2", a: "1", b: "2" }],
  ['{"deal":7}', { external_id: '{"deal":7}', deal: 7 }],
  ['{"deal":', { external_id: '{"deal":' }],
  ["[1]", { external_id: "[1]" }],
  ["c0ffee0a-7d2a-4b7e", { external_id: "c0ffee0a-7d2a-4b7e" }],
  [
    "https://crm.example.com/1",
    { external_id: "https://crm.example.com/1", https: "//crm.example.com/1" },
  ],
])("%j holds %j", (text, fields) => {
  expect(Object.fromEntries(fieldsInExternalId(text))).toEqual(fields);
});
