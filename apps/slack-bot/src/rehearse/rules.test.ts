import { expect, it } from "vitest";
import { rolesWith } from "../acting/testing/stage.ts";
import { digestOfRules } from "./rules.ts";
import { inC2, rulesOf } from "./testing/rules.ts";

const present = digestOfRules(rulesOf());
const { sources, stalls, workingHours } = rulesOf();

it.each<[string, Parameters<typeof rulesOf>[0]]>([
  ["the channel", { hearing: { defaultChannel: inC2 } }],
  ["direct messages", { hearing: { directMessages: true } }],
  ["the noise", { hearing: { noise: { messages: 5, minutes: 10 } } }],
  ["who may see amounts", { roles: rolesWith("seeAmounts", "admins") }],
  ["the CRMs", { dealFields: {} }],
  ["what can be reminded", { sources: { ...sources, canRemind: () => true } }],
  ["a source", { sources: { ...sources, names: ["docusign", "sales"] } }],
  ["when a contract stalls", { stalls: { ...stalls, viewedDays: 9 } }],
  ["when people work", { workingHours: { ...workingHours, timezone: "Asia/Tokyo" } }],
  ["which workspaces may install", { allowed: ["T0000000001"] }],
])("are others where %s is another", (_what, more) => {
  expect(digestOfRules(rulesOf(more))).not.toBe(present);
});

it("are the same whoever has installed the app", () => {
  expect(digestOfRules(rulesOf({ workspaces: ["T1", "T2"] }))).toBe(present);
});
