import { describe, expect, it } from "vitest";
import { nothingKnown, type Known } from "./known.ts";
import { holds, planChange, type Situation } from "./plan-change.ts";
import { aContractState, anEvent, aRecipient } from "./testing/a-contract.ts";
import { aDeal, aLine, rules } from "./testing/a-deal.ts";

const sent = aContractState();
const completed = aContractState({
  status: "completed",
  completedAt: "2026-05-31T23:30:00.000Z",
  url: "https://sign.example/c/1",
});
const events = [anEvent("contract.completed", "2026-05-31T23:30:00.000Z")];

const unknown = () => nothingKnown;
const wroteTitle = () => after(["title", "Draft lease"]);

function plan(more: Partial<Situation>) {
  const situation = { contract: sent, events: [], provider: "docusign", rules, known: unknown };
  return planChange({ deal: aDeal("early"), ...situation, ...more });
}

const after = (...written: [string, string][]): Known => ({
  ...nothingKnown,
  fields: new Map(written.map(([name, value]) => [name, { value, at: null }])),
});

describe("fields", () => {
  it("writes status, date in UTC and address with the stage, keeps what they replace, and says why", () => {
    const deal = aDeal("early", { status: "viewed" });
    const at = "2026-05-31T23:30:00.000Z";
    expect(plan({ contract: completed, events, deal })).toEqual({
      writes: [
        {
          target: { on: "deal", recordId: "1" },
          values: {
            stage: "won",
            fields: { status: "completed", signed: "2026-05-31", link: "https://sign.example/c/1" },
          },
          replaced: { stage: "early", fields: { status: "viewed", signed: null, link: null } },
          because: {
            stage: { rule: "stage", from: "completed", at },
            fields: {
              status: { rule: "ours", from: "status", at },
              signed: { rule: "ours", from: "completedAt", at },
              link: { rule: "ours", from: "url", at },
            },
          },
        },
      ],
      left: [],
    });
  });

  it("never empties a field", () => {
    const deal = aDeal("proposal", { status: "sent", signed: "2020-01-01", link: "https://other" });
    expect(plan({ deal })).toEqual({ writes: [], left: [] });
  });

  it("writes only those that countersign.yaml names", () => {
    const named = { ...rules, stages: [], writes: [aLine("status", "status")] };
    const { writes } = plan({ contract: completed, rules: named });
    expect(writes).toMatchObject([{ values: { stage: null, fields: { status: "completed" } } }]);
    expect(Object.keys(writes[0]?.values.fields ?? {})).toEqual(["status"]);
  });

  it("writes them also where the stage stays", () => {
    expect(plan({ contract: completed, deal: aDeal("lost") })).toMatchObject({
      writes: [{ values: { stage: null, fields: { status: "completed" } } }],
      left: [{ code: "closed-by-person" }],
    });
  });

  it("writes what a rule allows, and says of each other field why not", () => {
    const writes = [
      aLine("title", "title", { rule: "theirs" }),
      aLine("amount", "amount", { rule: "fill-blank" }),
      aLine("status", "status", { values: { sent: "Out for signature" } }),
    ];
    const contract = aContractState({ title: "Lease", amount: { value: 5, currency: "EUR" } });
    const deal = aDeal("proposal", { title: "My lease", amount: "4" });
    expect(plan({ contract, deal, known: wroteTitle, rules: { ...rules, writes } })).toMatchObject({
      writes: [{ values: { stage: null, fields: { status: "Out for signature" } } }],
      left: [{ code: "edited-by-person" }, { code: "filled-by-person" }],
    });
  });

  it("does not move the deal for what is only claimed", () => {
    const claimed = [anEvent("contract.completed", "2026-05-31T23:30:00.000Z", { claimed: true })];
    const byEvent = { ...rules.stages[0], stages: { "contract.completed": "won" } };
    const stages = [{ pipeline: "sales", place: "p", ...byEvent }];
    expect(plan({ events: claimed, rules: { ...rules, stages, writes: [] } }).writes).toEqual([]);
  });
});

const record = (recordId: string) => ({
  recordId,
  fields: {},
  changedAt: "2026-05-01T00:00:00Z",
});

const contact = (recordId: string, email: string) => ({
  ...record(recordId),
  email,
  primary: false,
});

describe("what a deal belongs to", () => {
  const writes = [
    aLine("last_contract", "title", { on: "account", rule: "newest" }),
    aLine("last_signed", "completedAt", { on: "contact" }),
  ];
  const contract = { ...completed, title: "Lease", recipients: [aRecipient("dana@north.example")] };

  it("is written to record by record", () => {
    const contacts = [contact("c1", "sam@north.example"), contact("c2", "Dana@North.example")];
    const deal = aDeal("won", {}, { account: record("a1"), contacts });
    expect(plan({ contract, deal, rules: { ...rules, writes } }).writes).toMatchObject([
      {
        target: { on: "account", recordId: "a1" },
        values: { stage: null, fields: { last_contract: "Lease" } },
        replaced: { stage: null, fields: { last_contract: null } },
      },
      {
        target: { on: "contact", recordId: "c2" },
        values: { fields: { last_signed: "2026-05-31" } },
      },
    ]);
  });

  it("is missed with a reason only where something would be written", () => {
    const ruled = { ...rules, writes };
    expect(plan({ contract, deal: aDeal("won"), rules: ruled }).left).toMatchObject([
      { code: "no-account" },
      { code: "no-contact" },
    ]);
    expect(plan({ deal: aDeal("proposal"), rules: ruled })).toEqual({ writes: [], left: [] });
  });
});

it.each([
  [{ stage: "early", fields: {} }, true],
  [{ stage: null, fields: { status: "sent" } }, true],
  [{ stage: "won", fields: { status: "sent" } }, false],
  [{ stage: "early", fields: { status: "viewed" } }, false],
  [{ stage: null, fields: { signed: null } }, true],
])("tells whether a deal shows %j", (values, expected) => {
  const deal = aDeal("early", { status: "sent" });
  expect(holds(deal, deal, values)).toBe(expected);
});
