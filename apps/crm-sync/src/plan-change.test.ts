import { describe, expect, it } from "vitest";
import { holds, planChange } from "./plan-change.ts";
import { aDeal, mapping } from "./testing/a-deal.ts";

const sent = { status: "sent", completedAt: null, url: null } as const;
const completed = {
  status: "completed",
  completedAt: "2026-05-31T23:30:00.000Z",
  url: "https://sign.example/c/1",
} as const;
const nowhere = new Set<string>();

describe("fields", () => {
  it("writes status, date in UTC and address with the stage, and keeps what they replace", () => {
    const deal = aDeal("early", { status: "viewed" });
    expect(planChange(completed, deal, mapping, nowhere)).toEqual({
      kind: "write",
      values: {
        stage: "won",
        fields: { status: "completed", signed: "2026-05-31", link: "https://sign.example/c/1" },
      },
      replaced: { stage: "early", fields: { status: "viewed", signed: null, link: null } },
      left: null,
    });
  });

  it("never empties a field", () => {
    const deal = aDeal("proposal", { status: "sent", signed: "2020-01-01", link: "https://other" });
    expect(planChange(sent, deal, mapping, nowhere)).toEqual({ kind: "nothing", left: null });
  });

  it.each([
    ["the same date", { signed: "2026-05-31" }],
    ["its midnight in HubSpot's form", { signed: "2026-05-31T00:00:00Z" }],
    ["its midnight in Salesforce's form", { signed: "2026-05-31T00:00:00.000+0000" }],
    ["a trimmed address", { link: " https://sign.example/c/1 " }],
  ])("takes %s for no difference", (_, fields) => {
    const all = { status: "completed", signed: "2026-05-31", link: "https://sign.example/c/1" };
    const deal = aDeal("won", { ...all, ...fields });
    expect(planChange(completed, deal, mapping, nowhere).kind).toBe("nothing");
  });

  it("writes only those that countersign.yaml names", () => {
    const named = { ...mapping, stages: [], fields: { status: "status" } };
    expect(planChange(completed, aDeal("early"), named, nowhere)).toMatchObject({
      values: { stage: null, fields: { status: "completed" } },
    });
  });

  it("writes them also where the stage stays", () => {
    expect(planChange(completed, aDeal("lost"), mapping, nowhere)).toMatchObject({
      kind: "write",
      values: { stage: null, fields: { status: "completed" } },
      left: { code: "closed-by-person" },
    });
  });
});

it.each([
  [{ stage: "early", fields: {} }, true],
  [{ stage: null, fields: { status: "sent" } }, true],
  [{ stage: "won", fields: { status: "sent" } }, false],
  [{ stage: "early", fields: { status: "viewed" } }, false],
])("tells whether a deal shows %j", (values, expected) => {
  expect(holds(aDeal("early", { status: "sent" }), values)).toBe(expected);
});
