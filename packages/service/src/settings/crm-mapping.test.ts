import { expect, it } from "vitest";
import { SettingsError } from "./problem.ts";
import { parseSettings } from "./read-settings.ts";

const parse = (text: string) => parseSettings(text, "c.yaml", ["hubspot", "salesforce"], {});

function faultOf(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "none";
}

const hubspot = `hubspot:
  pipelines:
    default: { sent: contractsent, recipient.viewed: contractsent }
  fields: { status: contract_status }
`;

it("takes the short form and the long one together", () => {
  const { hubspot: read } = parse(`${hubspot}  write:
    - { to: contract_amount, value: amount, rule: fill-blank }
    - { on: account, to: last_contract, custom: po_number }
    - { to: signed_with, constant: Countersign }
  mappings:
    - name: large deals
      when: { amountFrom: 50000, titleWords: master, custom: { tag: [msa, nda] } }
      pipelines: { default: { completed: closedwon } }
      several: all
`);
  expect(read).toMatchObject({
    linkField: "hubspot_deal_id",
    several: "any",
    write: [
      { to: "contract_amount", on: "deal", value: "amount", rule: "fill-blank", as: "date" },
      { to: "last_contract", on: "account", custom: "po_number", rule: "ours" },
      { to: "signed_with", constant: "Countersign" },
    ],
    mappings: [
      {
        name: "large deals",
        when: { amountFrom: 50_000, titleWords: ["master"], custom: { tag: ["msa", "nda"] } },
        several: "all",
      },
    ],
  });
});

it.each<[string, string, string]>([
  [
    "a stage for a status that does not exist",
    "salesforce:\n  stages:\n    signed: Closed Won\n",
    "c.yaml:3: salesforce.stages",
  ],
  [
    "a value that does not exist",
    `${hubspot}  write:\n    - { to: a, value: totle }\n`,
    "c.yaml:6: hubspot.write.0.value",
  ],
  [
    "a line without a value",
    `${hubspot}  write:\n    - { to: a }\n`,
    "c.yaml:6: hubspot.write.0: name exactly one of value, custom and constant.",
  ],
  [
    "a line with two values",
    `${hubspot}  write:\n    - { to: a, value: title, custom: b }\n`,
    "c.yaml:6: hubspot.write.0: name exactly one of value, custom and constant.",
  ],
  [
    "a field that two lines write",
    `${hubspot}  write:\n    - { to: contract_status, value: title }\n`,
    `c.yaml:6: hubspot.write.0.to: the deal's field "contract_status" is written by another line: keep one of them.`,
  ],
  [
    "a mapping without a condition",
    `${hubspot}  mappings:\n    - name: all\n      when: {}\n`,
    "c.yaml:7: hubspot.mappings.0.when: name at least one condition.",
  ],
  [
    "two mappings of one name",
    `${hubspot}  mappings:\n    - { name: a, when: { titleWords: x } }\n    - { name: a, when: { titleWords: y } }\n`,
    'c.yaml:7: hubspot.mappings.1.name: "a" is the name of another mapping: give each a name of its own.',
  ],
  [
    "a misspelt rule",
    `${hubspot}  write:\n    - { to: a, value: title, rule: mine }\n`,
    "c.yaml:6: hubspot.write.0.rule",
  ],
])("explains %s", (_fault, text, message) => {
  expect(faultOf(text)).toContain(message);
});
