import { Settings } from "@countersign/service";
import { expect, it } from "vitest";
import { allRules, mappedFields } from "./mapping.ts";
import { readMapping } from "./read-mapping.ts";

const { salesforce, sources } = Settings.parse({
  sources: [{ name: "eu", provider: "docusign", secrets: ["s"] }],
  salesforce: {
    stages: { sent: "Proposal" },
    fields: { status: "Contract_Status__c" },
    write: [{ to: "Amount", value: "amount", rule: "fill-blank" }],
    mappings: [
      { name: "ndas", when: { titleWords: "nda" }, stages: {}, write: [] },
      { name: "large", when: { amountFrom: 9 }, several: "all" },
      { name: "own", when: { source: "eu" }, fields: {}, write: [{ to: "PO__c", custom: "po" }] },
    ],
  },
});

it("lets a conditional mapping keep what it does not say", () => {
  if (salesforce === undefined) throw new Error("There is no section.");
  const mapping = readMapping(
    salesforce,
    ({ stages }, place) => (stages === undefined ? null : [{ pipeline: null, place, stages }]),
    "salesforce",
    sources,
  );
  const shown = allRules(mapping).map(({ name, stages, writes, several }) => ({
    name,
    stages: stages.map((stage) => [stage.place, stage.stages]),
    writes: writes.map(({ to, rule }) => `${to} ${rule}`),
    several,
  }));
  const base = [["salesforce", { sent: "Proposal" }]];
  const status = "Contract_Status__c ours";
  expect(shown).toEqual([
    { name: "default", stages: base, writes: [status, "Amount fill-blank"], several: "any" },
    { name: "ndas", stages: [["salesforce.mappings.0", {}]], writes: [status], several: "any" },
    { name: "large", stages: base, writes: [status, "Amount fill-blank"], several: "all" },
    { name: "own", stages: base, writes: ["PO__c ours"], several: "any" },
  ]);
  expect(mapping.providers.get("eu")).toBe("docusign");
  expect(mappedFields(mapping, "deal")).toEqual(["Contract_Status__c", "Amount", "PO__c"]);
});
