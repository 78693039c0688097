import { expect, test } from "vitest";
import { fieldsInExternalId, withField } from "./external-id.ts";

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

const deal = "hubspot_deal_id";

test.each<[string | undefined, string, string | null, string | null | undefined]>([
  [undefined, deal, "1001", "hubspot_deal_id=1001"],
  [undefined, "external_id", "1001", "1001"],
  [undefined, deal, null, null],
  ["a=1; b=2", deal, "1001", "a=1; b=2;hubspot_deal_id=1001"],
  ["a=1;hubspot_deal_id=1001;b=2", deal, "1002", "a=1;b=2;hubspot_deal_id=1002"],
  ["a=1;hubspot_deal_id=1001", deal, null, "a=1"],
  ["hubspot_deal_id=1001", deal, null, null],
  ["a=1", deal, null, "a=1"],
  ['{"a":7}', deal, "1001", '{"a":7,"hubspot_deal_id":"1001"}'],
  ['{"a":7,"hubspot_deal_id":"1001"}', deal, null, '{"a":7}'],
  ['{"hubspot_deal_id":"1001"}', deal, null, null],
  ['{"a":12345678901234567890}', deal, "1001", undefined],
  ["crm-deal-4711", deal, "1001", undefined],
  ["https://crm.example.com/1", deal, "1001", undefined],
  ["a=1;order 7", deal, "1001", undefined],
])("%j with %s as %j is %j", (text, name, value, written) => {
  const spelt = withField(text, name, value);
  expect(spelt).toBe(written);
  if (spelt === undefined) return;
  const read = new Map(fieldsInExternalId(spelt ?? undefined));
  expect(read.get(name) ?? null).toBe(value);
});
