import type { Effect } from "@countersign/store";
import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { at, contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import { decideReminder, readReminder, reminderPause, unknownEnd } from "./decide.ts";

const now = new Date(at("15:00"));
const sent = contractOf(eventsOf(described(), signing.sent));

function reminder(id: string, minutesAgo: number, more: Partial<Effect> = {}): Effect {
  const calledAt = new Date(now.getTime() - minutesAgo * 60_000);
  return {
    id,
    key: `remind/docusign/c1/${id}`,
    destination: "docusign",
    contractId: "docusign/c1",
    target: "c1",
    kind: "remind",
    status: "done",
    plan: { by: "U1", whom: ["Ann Lee"] },
    before: null,
    after: null,
    outsideId: null,
    code: null,
    message: null,
    plannedAt: calledAt,
    calledAt,
    settledAt: calledAt,
    ...more,
  };
}

const givenBack: Partial<Effect> = { status: "planned", calledAt: null };
const failed = (code: string): Partial<Effect> => ({ status: "failed", code });

describe("a reminder", () => {
  it.each<[string, Effect[], object]>([
    [
      "the first one",
      [],
      { kind: "now", key: "remind/docusign/c1/1", whom: ["Ann Lee"], stale: [] },
    ],
    ["after four hours", [reminder("1", 240)], { kind: "now", key: "remind/docusign/c1/2" }],
    ["within four hours", [reminder("1", 239)], { kind: "too-soon", by: "U1" }],
    [
      "after a refusal",
      [reminder("1", 1, failed("locked"))],
      { kind: "now", key: "remind/docusign/c1/2" },
    ],
    ["after no answer", [reminder("1", 1, failed(unknownEnd))], { kind: "in-doubt", by: "U1" }],
    ["during a call", [reminder("1", 0, { status: "planned" })], { kind: "in-doubt" }],
    [
      "long after a crash",
      [reminder("1", 300, { status: "planned" })],
      { kind: "now", key: "remind/docusign/c1/2", stale: [{ id: "1" }] },
    ],
    [
      "given back",
      [reminder("1", 1, givenBack)],
      { kind: "now", key: "remind/docusign/c1/1", stale: [] },
    ],
    [
      "given back after one that was cut off",
      [reminder("1", 300, { status: "planned" }), reminder("2", 1, givenBack)],
      { kind: "now", key: "remind/docusign/c1/2", stale: [{ id: "1" }] },
    ],
    [
      "given back within four hours of another",
      [reminder("1", 60), reminder("2", 1, givenBack)],
      { kind: "too-soon", at: new Date(at("14:00")) },
    ],
    [
      "after a reminder and a refusal",
      [reminder("1", 60), reminder("2", 30, failed("locked"))],
      { kind: "too-soon", at: new Date(at("14:00")), again: new Date(at("18:00")) },
    ],
    ["beside other effects", [reminder("1", 1, { kind: "card" })], { kind: "now" }],
    ["whose plan cannot be read", [reminder("1", 1, { plan: 7 })], { kind: "too-soon", by: null }],
  ])("%s", (_, effects, standing) => {
    expect(decideReminder(sent, effects, now)).toMatchObject(standing);
  });

  it("can be sent again at the time that it names", () => {
    const effects = [reminder("1", 10)];
    const standing = decideReminder(sent, effects, now);
    const again = "again" in standing ? standing.again : now;
    expect(again.getTime() - now.getTime()).toBe(reminderPause - 600_000);
    expect(decideReminder(sent, effects, again).kind).toBe("now");
  });

  it.each([
    ["a draft", [described()], "nobody"],
    ["one without signers", [signing.sent], "nobody"],
    ["a declined one", [described(), signing.sent, aFact("contract.declined")], "ended"],
    ["a completed one", [described(), signing.sent, signing.completed], "ended"],
  ])("is not for %s", (_, facts, kind) => {
    expect(decideReminder(contractOf(eventsOf(...facts)), [], now).kind).toBe(kind);
  });

  it("goes to whoever is next", () => {
    const half = contractOf(eventsOf(described(), signing.sent, signing.annSigns));
    expect(decideReminder(half, [], now)).toMatchObject({ kind: "now", whom: ["Bob Roy"] });
  });
});

it("reads who reminded whom", () => {
  expect(readReminder(reminder("1", 1))).toEqual({ by: "U1", whom: ["Ann Lee"] });
  expect(readReminder(reminder("1", 1, { kind: "card" }))).toBeNull();
  expect(readReminder(reminder("1", 1, { plan: {} }))).toBeNull();
});
