import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Owner } from "../audience/owner-want.ts";
import { readSettings } from "../people/settings.ts";
import { isWorkingTime } from "../stalls/working-time.ts";
import { hoursOf, planNudges, type NudgeRules, type Stalled } from "./plan-nudges.ts";

const settings = readSettings({});
const dana: Owner = {
  workspace: "T1",
  userId: "U1",
  email: "dana@example.com",
  timezone: "Europe/Berlin",
  settings,
};
const rules: NudgeRules = {
  viewedDays: 3,
  partlySignedDays: 3,
  expiresWithinDays: 3,
  escalateAfterDays: 2,
  escalateTo: { workspace: "T1", channel: "C1" },
  workingHours: {
    from: "09:00",
    to: "18:00",
    days: ["mon", "tue", "wed", "thu", "fri"],
    timezone: "UTC",
  },
};

/** Viewed on a Monday. */
const unsigned = { kind: "unsigned", at: "2026-05-04T10:00:00.000Z", waitsFor: ["Ann"] } as const;
const stalled: Stalled = {
  stall: { ...unsigned, waitsFor: [...unsigned.waitsFor] },
  owner: dana,
  quieted: [],
  told: { first: null, isEscalated: false },
};
const thursday = new Date("2026-05-07T12:00:00Z");

/** Who is told: `owner`, `channel`, or `channel again`. */
function plan(more: Partial<Stalled> = {}, now = thursday, changed: Partial<NudgeRules> = {}) {
  return planNudges({ ...stalled, ...more }, { ...rules, ...changed }, now).map(
    ({ to, isEscalated }) => `${to.kind}${isEscalated ? " again" : ""}`,
  );
}

const toldOwner = (at: string, end: "told" | "refused" = "told") => ({
  told: { first: { to: "owner", end, at: new Date(at) } as const, isEscalated: false },
});
const quieted = (audience: string, until: Date | null = null) => ({
  quieted: [{ workspace: "T1", audience, contractId: "c", until, madeBy: audience }],
});
const withSettings = (json: Parameters<typeof readSettings>[0]) => ({
  owner: { ...dana, settings: readSettings(json) },
});

describe("the owner", () => {
  it("is told in working hours of their own zone", () => {
    expect(plan()).toEqual(["owner"]);
    expect(plan({}, new Date("2026-05-07T06:59:00Z"))).toEqual([]);
    expect(plan({}, new Date("2026-05-07T07:00:00Z"))).toEqual(["owner"]);
    expect(plan({}, new Date("2026-05-07T16:00:00Z"))).toEqual([]);
    expect(plan({ owner: { ...dana, timezone: null } }, new Date("2026-05-07T16:00:00Z"))).toEqual([
      "owner",
    ]);
    expect(plan({}, new Date("2026-05-09T12:00:00Z"))).toEqual([]);
  });

  it("is told once", () => {
    expect(plan(toldOwner("2026-05-07T12:00:00Z"))).toEqual([]);
  });

  it("is told nothing that they mute, snooze or switch off, and nobody else is either", () => {
    expect(plan(quieted("U1"))).toEqual([]);
    expect(plan(quieted("U1", new Date("2026-05-08T00:00:00Z")))).toEqual([]);
    expect(plan(quieted("U1", new Date("2026-05-07T11:00:00Z")))).toEqual(["owner"]);
    expect(plan(quieted("U2"))).toEqual(["owner"]);
    expect(plan(withSettings({ dm: { stalled: false } }))).toEqual([]);
    expect(plan(withSettings({ dm: { expiring: false } }))).toEqual(["owner"]);
  });

  it("is told of what expires by another switch", () => {
    const stall = { kind: "expiring" as const, at: "2026-05-09T12:00:00.000Z", waitsFor: [] };
    expect(plan({ stall })).toEqual(["owner"]);
    expect(plan({ stall, ...withSettings({ dm: { expiring: false } }) })).toEqual([]);
  });

  it("is left alone in quiet hours of their own", () => {
    expect(plan(withSettings({ quietHours: { from: "12:00", to: "15:00" } }))).toEqual([]);
  });

  it("is not told of what stalled long ago", () => {
    expect(plan({}, new Date("2026-05-21T09:59:00Z"))).toEqual(["owner"]);
    expect(plan({}, new Date("2026-05-21T10:01:00Z"))).toEqual([]);
  });
});

describe("the channel", () => {
  it("is told where nothing came of telling the owner, after the working days that the rules say", () => {
    const told = toldOwner("2026-05-07T12:00:00Z");
    expect(plan(told, new Date("2026-05-11T11:59:00Z"))).toEqual([]);
    expect(plan(told, new Date("2026-05-11T12:00:00Z"))).toEqual(["channel again"]);
    expect(plan(told, new Date("2026-05-11T18:00:00Z"))).toEqual([]);
    const escalated = { told: { ...told.told, isEscalated: true } };
    expect(plan(escalated, new Date("2026-05-12T12:00:00Z"))).toEqual([]);
  });

  it("is told at once, and not that the owner was, where nobody can be told", () => {
    expect(plan({ owner: null })).toEqual(["channel"]);
    expect(plan(toldOwner("2026-05-07T12:00:00Z", "refused"))).toEqual(["channel"]);
    expect(plan({ owner: null }, new Date("2026-05-09T12:00:00Z"))).toEqual([]);
  });

  it("is told once", () => {
    const first = { to: "channel", end: "told", at: thursday } as const;
    const told = { first, isEscalated: false };
    expect(plan({ owner: null, told }, new Date("2026-05-18T12:00:00Z"))).toEqual([]);
  });

  it("is not told while it is not certain who the owner is, nor where there is none", () => {
    expect(plan({ owner: "unsure" })).toEqual([]);
    expect(plan({ owner: null }, thursday, { escalateTo: null })).toEqual([]);
  });

  it("is not told what it has muted, or what the owner has answered by muting", () => {
    const late = new Date("2026-05-12T12:00:00Z");
    const told = toldOwner("2026-05-07T12:00:00Z");
    expect(plan({ ...told, ...quieted("C1") }, late)).toEqual([]);
    expect(plan({ ...told, ...quieted("U1") }, late)).toEqual([]);
    expect(plan({ ...told, ...quieted("U2") }, late)).toEqual(["channel again"]);
  });
});

const instants = fc.date({
  min: new Date("2026-05-04"),
  max: new Date("2026-06-30"),
  noInvalidDate: true,
});
const owners = fc.constantFrom<Stalled["owner"]>(
  dana,
  { ...dana, timezone: "Pacific/Auckland" },
  { ...dana, timezone: "America/Los_Angeles" },
  { ...dana, timezone: null },
  null,
  "unsure",
);

it("never tells anybody at night or at the weekend, and at most one at a time", () => {
  const firsts = fc.option(
    fc.record({
      to: fc.constantFrom("owner" as const, "channel" as const),
      end: fc.constantFrom("told" as const, "refused" as const),
      at: instants,
    }),
  );
  fc.assert(
    fc.property(instants, owners, firsts, fc.boolean(), (now, owner, first, isEscalated) => {
      const planned = planNudges({ ...stalled, owner, told: { first, isEscalated } }, rules, now);
      expect(planned.length).toBeLessThanOrEqual(1);
      for (const { to } of planned) {
        const hours = to.kind === "owner" ? hoursOf(owner, rules.workingHours) : rules.workingHours;
        expect(isWorkingTime(now, hours)).toBe(true);
      }
    }),
  );
});
