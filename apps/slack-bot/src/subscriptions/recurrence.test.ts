import { expect, it } from "vitest";
import { recurrenceOf, type DigestTimes } from "./digest-times.ts";
import { cronOf, nameOfRecurrence } from "./recurrence.ts";

const of = (days: DigestTimes["days"], timezone = "UTC") =>
  recurrenceOf({ at: "09:05", days, timezone });

it.each<[DigestTimes["days"], string]>([
  ["weekdays", "5 9 * * 1,2,3,4,5"],
  ["daily", "5 9 * * *"],
  ["weekly", "5 9 * * 1"],
])("says %s to cron", (days, cron) => {
  expect(cronOf(of(days))).toBe(cron);
});

it("has a name that the queue takes, the same in whatever order its days stand", () => {
  const names = [of("daily", "Europe/Berlin"), of("daily", "Etc/GMT+5"), of("weekly")].map(
    nameOfRecurrence,
  );
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^[\w.\-/]+$/);
  const turned = { ...of("weekdays"), weekdays: [5, 4, 3, 2, 1] };
  expect(nameOfRecurrence(turned)).toBe(nameOfRecurrence(of("weekdays")));
});
