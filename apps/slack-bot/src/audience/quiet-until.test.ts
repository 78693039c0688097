import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSettings } from "../people/settings.ts";
import { quietUntil } from "./quiet-until.ts";

const usual = readSettings({});
const at = (text: string) => new Date(`${text}:00.000Z`);
const untilOf = (text: string, timezone = "UTC", more: Partial<typeof usual> = {}) =>
  quietUntil({ ...usual, ...more }, timezone, at(text))
    ?.toISOString()
    .slice(0, 16) ?? null;

describe("with the usual settings", () => {
  // 4 May 2026 is a Monday.
  it.each([
    ["2026-05-04T09:00", null],
    ["2026-05-04T08:00", null],
    ["2026-05-04T07:59", "2026-05-04T08:00"],
    ["2026-05-04T20:00", "2026-05-05T08:00"],
    ["2026-05-08T19:59", null],
    ["2026-05-08T20:00", "2026-05-11T08:00"],
    ["2026-05-09T12:00", "2026-05-11T08:00"],
    ["2026-05-10T23:59", "2026-05-11T08:00"],
  ])("a person at %s is quiet until %s", (now, until) => {
    expect(untilOf(now)).toBe(until);
  });

  it("goes by the person's own clock, also where it is changed", () => {
    expect(untilOf("2026-05-04T09:00", "America/New_York")).toBe("2026-05-04T12:00");
    expect(untilOf("2026-05-04T09:00", "Asia/Dubai")).toBeNull();
    // On Sunday 29 March 2026 the clocks in Berlin go an hour ahead.
    expect(untilOf("2026-03-28T12:00", "Europe/Berlin")).toBe("2026-03-30T06:00");
  });
});

it("is quiet at weekends alone, or at night alone, as they say", () => {
  const days = { quietHours: null };
  expect(untilOf("2026-05-04T23:00", "UTC", days)).toBeNull();
  expect(untilOf("2026-05-09T12:00", "UTC", days)).toBe("2026-05-11T00:00");
  const nights = { weekends: "as usual" } as const;
  expect(untilOf("2026-05-09T12:00", "UTC", nights)).toBeNull();
  expect(untilOf("2026-05-08T20:00", "UTC", nights)).toBe("2026-05-09T08:00");
  const noon = { ...nights, quietHours: { from: "12:00", to: "13:00" } };
  expect(untilOf("2026-05-09T12:30", "UTC", noon)).toBe("2026-05-09T13:00");
  expect(untilOf("2026-05-09T13:00", "UTC", noon)).toBeNull();
});

const time = fc
  .tuple(fc.nat(23), fc.constantFrom("00", "30"))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);

it("ends when a person can be told, and no earlier", () => {
  const quietHours = fc.option(
    fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to),
  );
  const weekends = fc.constantFrom("quiet" as const, "as usual" as const);
  const zone = fc.constantFrom("UTC", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe");
  const when = fc.date({
    min: at("2026-01-01T00:00"),
    max: at("2027-01-01T00:00"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(quietHours, weekends, zone, when, (hours, days, timezone, now) => {
      const settings = { quietHours: hours, weekends: days };
      const until = quietUntil(settings, timezone, now);
      if (until === null) return;
      expect(until.getTime()).toBeGreaterThan(now.getTime());
      expect(quietUntil(settings, timezone, until)).toBeNull();
      const before = new Date(until.getTime() - 60_000);
      const lasts = before < now ? until : quietUntil(settings, timezone, before);
      expect(lasts).toEqual(until);
    }),
  );
});
