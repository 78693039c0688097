import { expect, it } from "vitest";
import { aContractState } from "../testing/a-contract.ts";
import { aDeal, aLine, rules } from "../testing/a-deal.ts";
import { nothingKnown } from "../known.ts";
import { planChange } from "../plan-change.ts";
import { allRules, mappedFields, type Mapping } from "./mapping.ts";
import { withOwnFields } from "./own-fields.ts";

const mapping: Mapping = {
  base: { ...rules, writes: [aLine("title", "title")] },
  conditional: [
    { when: {}, rules: { ...rules, writes: [aLine("cs_status", "title")] } },
    { when: {}, rules: { ...rules, writes: [aLine("cs_status", "title", { on: "account" })] } },
  ],
  providers: new Map(),
};
const own = withOwnFields(mapping, { contractId: "cs_id", status: "cs_status" });

it("are in all rules, but where countersign.yaml writes them itself", () => {
  expect(allRules(own).map(({ writes }) => writes.map(({ to }) => to))).toEqual([
    ["title", "cs_id", "cs_status"],
    ["cs_status", "cs_id"],
    ["cs_status", "cs_id", "cs_status"],
  ]);
  expect(mappedFields(own, "deal")).toEqual(["title", "cs_status"]);
});

it.each([
  [
    { cs_id: null, cs_status: "viewed" },
    { cs_id: "docusign/c1", cs_status: "sent" },
  ],
  [{ cs_id: "docusign/c0" }, { cs_id: "docusign/c1" }],
  [{ cs_id: "docusign/c1", cs_status: "sent" }, null],
  [{}, null],
])("are written where the deal has them: %j", (fields, expected) => {
  const { writes } = planChange({
    contract: aContractState(),
    events: [],
    provider: null,
    deal: aDeal("early", fields),
    rules: { ...own.base, stages: [] },
    known: () => nothingKnown,
  });
  expect(writes[0]?.values.fields ?? null).toEqual(expected);
});
