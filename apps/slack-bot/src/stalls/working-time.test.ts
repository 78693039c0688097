import fc from "fast-check";
import { expect, it } from "vitest";
import {
  afterWorkingDays,
  haveGoneBy,
  isWorkingTime,
  workingTimeFrom,
  type WorkingHours,
} from "./working-time.ts";

const office: WorkingHours = {
  from: "09:00",
  to: "18:00",
  days: ["mon", "tue", "wed", "thu", "fri"],
  timezone: "UTC",
};
const berlin = { ...office, timezone: "Europe/Berlin" };
const auckland = { ...office, timezone: "Pacific/Auckland" };

function after(since: string, days: number, hours: WorkingHours): string {
  return afterWorkingDays(new Date(since), days, hours).toISOString();
}

// 2026-05-04 is a Monday.
it.each([
  ["a day in the week", "2026-05-04T15:00:30Z", 1, office, "2026-05-05T15:00:30.000Z"],
  ["over a weekend", "2026-05-08T15:00:00Z", 1, office, "2026-05-11T15:00:00.000Z"],
  ["from a Saturday", "2026-05-09T12:00:00Z", 1, office, "2026-05-12T09:00:00.000Z"],
  ["from a Friday's night", "2026-05-08T22:00:00Z", 1, office, "2026-05-12T09:00:00.000Z"],
  ["from before work", "2026-05-04T05:00:00Z", 3, office, "2026-05-07T09:00:00.000Z"],
  ["two weeks of working days", "2026-05-04T10:00:00Z", 10, office, "2026-05-18T10:00:00.000Z"],
  ["no day at all", "2026-05-09T12:00:00Z", 0, office, "2026-05-11T09:00:00.000Z"],
  // Clocks there go forward on 2026-03-29 and back on 2026-10-25.
  ["over the spring's change", "2026-03-27T14:00:00Z", 1, berlin, "2026-03-30T13:00:00.000Z"],
  ["over the autumn's change", "2026-10-23T13:00:00Z", 1, berlin, "2026-10-26T14:00:00.000Z"],
  // Friday afternoon in UTC is Saturday there already.
  ["by the zone's weekdays", "2026-05-08T15:00:00Z", 1, auckland, "2026-05-11T21:00:00.000Z"],
])("counts working days: %s", (_, since, days, hours, expected) => {
  expect(after(since, days, hours)).toBe(expected);
});

it("knows a week that works on Sundays", () => {
  const hours: WorkingHours = { ...office, days: ["sun", "mon"] };
  expect(after("2026-05-04T10:00:00Z", 1, hours)).toBe("2026-05-10T10:00:00.000Z");
});

function isAt(time: string, hours: WorkingHours): boolean {
  return isWorkingTime(new Date(time), hours);
}

it("knows working hours, also such as go over midnight", () => {
  expect(isAt("2026-05-04T09:00:00Z", office)).toBe(true);
  expect(isAt("2026-05-04T18:00:00Z", office)).toBe(false);
  expect(isAt("2026-05-04T08:59:59Z", office)).toBe(false);
  expect(isAt("2026-05-09T12:00:00Z", office)).toBe(false);
  expect(isAt("2026-05-04T07:30:00Z", berlin)).toBe(true);
  const night: WorkingHours = { ...office, from: "22:00", to: "06:00" };
  expect(isAt("2026-05-04T23:00:00Z", night)).toBe(true);
  expect(isAt("2026-05-04T12:00:00Z", night)).toBe(false);
  // The hours after midnight belong to the day on which the night began.
  expect(isAt("2026-05-09T05:00:00Z", night)).toBe(true);
  expect(isAt("2026-05-04T05:00:00Z", night)).toBe(false);
  expect(after("2026-05-09T05:00:00Z", 1, night)).toBe("2026-05-12T05:00:00.000Z");
  expect(after("2026-05-09T07:00:00Z", 0, night)).toBe("2026-05-11T22:00:00.000Z");
});

const instants = fc.date({
  min: new Date("2025-01-01"),
  max: new Date("2028-01-01"),
  noInvalidDate: true,
});
const everyHours = fc.record({
  from: fc.constantFrom("00:00", "02:30", "09:00", "22:00"),
  to: fc.constantFrom("06:00", "09:00", "18:00", "23:59"),
  days: fc.uniqueArray(fc.constantFrom("mon", "tue", "wed", "thu", "fri", "sat", "sun"), {
    minLength: 1,
  }),
  timezone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
});

it("gives the next working time, which is never earlier and at most a week and a day away", () => {
  fc.assert(
    fc.property(instants, everyHours, (instant, hours) => {
      const next = workingTimeFrom(instant, hours);
      const wait = next.getTime() - instant.getTime();
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(8 * 86_400_000);
      expect(isWorkingTime(next, hours)).toBe(true);
    }),
  );
});

it("lets working days go by in order: later from a later time, and later for more days", () => {
  fc.assert(
    fc.property(
      fc.tuple(instants, instants),
      fc.integer({ min: 0, max: 20 }),
      everyHours,
      (pair, days, hours) => {
        const [early, late] = pair.toSorted((a, b) => a.getTime() - b.getTime());
        if (early === undefined || late === undefined) throw new Error("There are two.");
        const due = afterWorkingDays(early, days, hours);
        expect(due.getTime()).toBeGreaterThanOrEqual(early.getTime() - 3_600_000);
        // A clock that is put back shows the same time twice.
        const slack = 3_600_000;
        expect(afterWorkingDays(late, days, hours).getTime() + slack).toBeGreaterThanOrEqual(
          due.getTime(),
        );
        expect(afterWorkingDays(early, days + 1, hours) > due).toBe(true);
      },
    ),
  );
});

it("knows whether working days have gone by, however long ago they began", () => {
  const spans = fc.integer({ min: -3_600_000, max: 60 * 86_400_000 });
  fc.assert(
    fc.property(
      instants,
      spans,
      fc.integer({ min: 0, max: 20 }),
      everyHours,
      (since, span, days, hours) => {
        const now = new Date(since.getTime() + span);
        const due = afterWorkingDays(since, days, hours);
        expect(haveGoneBy(since, days, hours, now)).toBe(due <= now);
      },
    ),
    { numRuns: 1_000 },
  );
});
