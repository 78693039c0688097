import { expect, it } from "vitest";
import { aContractState, aRecipient } from "../testing/a-contract.ts";
import { aLine } from "../testing/a-deal.ts";
import { chooseContact } from "./choose-contact.ts";
import type { FieldValue, FieldWrite } from "./mapping.ts";
import { isSame } from "./same-value.ts";
import { wantedValue } from "./wanted-values.ts";

const contract = aContractState({
  title: "  Lease ",
  amount: { value: 12.5, currency: "EUR" },
  sender: { name: "Sam", email: "sam@north.example" },
  fields: { po: "PO-7", empty: " " },
  completedAt: "2026-05-31T23:30:00.000Z",
  recipients: [
    aRecipient("dana@north.example", { name: "Dana" }),
    aRecipient("old@north.example", { status: "reassigned" }),
    aRecipient("copy@north.example", { role: "CC" }),
    aRecipient("helper@north.example", { role: "assistant" }),
    aRecipient("eli@north.example"),
  ],
});

const value = (
  name: Parameters<typeof aLine>[1],
  more: Partial<FieldWrite> = {},
): [FieldWrite, string] => [aLine("f", name, more), name];
const from = (source: FieldWrite["from"]): [FieldWrite, string] => [
  aLine("f", "title", { from: source }),
  source.kind,
];

it.each<[[FieldWrite, string], FieldValue | null]>([
  [value("status"), "sent"],
  [value("status", { values: { sent: "Out" } }), "Out"],
  [value("title"), "Lease"],
  [value("amount"), 12.5],
  [value("currency"), "EUR"],
  [value("completedAt"), "2026-05-31"],
  [value("completedAt", { as: "date-time" }), "2026-05-31T23:30:00.000Z"],
  [value("expiresAt"), null],
  [value("provider"), "docusign"],
  [value("source"), "docusign"],
  [value("contractId"), "c1"],
  [value("countersignId"), "docusign/c1"],
  [value("senderName"), "Sam"],
  [value("senderEmail"), "sam@north.example"],
  [value("reason"), null],
  [value("signerNames"), "Dana, eli@north.example"],
  [value("signerEmails"), "dana@north.example, eli@north.example"],
  [from({ kind: "custom", name: "po" }), "PO-7"],
  [from({ kind: "custom", name: "empty" }), null],
  [from({ kind: "custom", name: "missing" }), null],
  [from({ kind: "constant", value: true }), true],
])("%s", ([line], expected) => {
  expect(wantedValue(contract, line, "docusign")).toBe(expected);
});

it.each<[FieldValue | null, FieldValue | null, boolean]>([
  ["a", " a ", true],
  ["a", "b", false],
  ["27500.00", 27_500, true],
  [27_500, 27_500.5, false],
  ["", 0, false],
  ["true", true, true],
  [null, "", true],
  [null, "a", false],
  ["2026-05-31T00:00:00Z", "2026-05-31", true],
  ["2026-05-31T00:00:00.000+0000", "2026-05-31", true],
  ["2026-05-31T09:00:00.000+0000", "2026-05-31T09:00:00.000Z", true],
  ["2026-05-31T09:00:00.000+0000", "2026-05-31T09:00:00.123Z", true],
  ["2026-05-31T09:00:01Z", "2026-05-31T09:00:00.000Z", false],
  ["2026-05-32", "2026-05-31", false],
])("%j is the same as %j: %s", (current, wanted, same) => {
  expect(isSame(current, wanted)).toBe(same);
});

const contact = (recordId: string, email: string | null, primary = false) => ({
  recordId,
  email,
  primary,
  fields: {},
  changedAt: "",
});

it.each([
  ["who signs", [contact("1", null, true), contact("2", "ELI@north.example")], "2"],
  [
    "the first in the order of signing",
    [contact("1", "eli@north.example"), contact("2", "dana@north.example")],
    "2",
  ],
  ["the deal's first contact", [contact("1", "x@y.example"), contact("2", null, true)], "2"],
  ["the only one", [contact("1", "x@y.example")], "1"],
])("of a deal's contacts takes %s", (_who, contacts, expected) => {
  expect(chooseContact(contract, contacts)).toMatchObject({ recordId: expected });
});

it.each([
  [[], /has no contact/],
  [[contact("1", "x@y.example"), contact("2", "z@y.example")], /has 2 contacts, and none/],
])("says why it takes none", (contacts, message) => {
  expect(chooseContact(contract, contacts)).toMatchObject({
    code: "no-contact",
    message: expect.stringMatching(message),
  });
});
