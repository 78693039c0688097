import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kept, Meaning } from "../audience/kept.ts";
import { readSettings } from "../people/settings.ts";
import { nameOfRecurrence } from "../subscriptions/recurrence.ts";
import { someTerms } from "../subscriptions/testing/arbitrary.ts";
import { termsOf } from "../subscriptions/testing/facts.ts";
import { at } from "../testing/contracts.ts";
import { channelDigests, personRecurrence } from "./schedule.ts";
import { windowOf } from "./send.ts";

const times = { at: "07:30", days: "daily", timezone: "UTC" } as const;

function kept(meaning: Meaning | string, more: Partial<Kept> = {}): Kept {
  const by = { id: "1", madeBy: "U1", madeAt: new Date(at("08:00")), stopped: null };
  const spot = { workspace: "T1", channel: "C1" };
  const means =
    typeof meaning === "string" ? ({ kind: "terms", terms: termsOf(meaning) } as const) : meaning;
  return { ...spot, ...by, meaning: means, ...more };
}

const whole = { kind: "whole-digest", times } as const;
const shown = (all: Kept[], defaultChannel: { workspace: string; channel: string } | null = null) =>
  channelDigests(all, defaultChannel).map(({ channel, recurrence, rules }) => [
    channel,
    nameOfRecurrence(recurrence),
    rules.length,
  ]);

describe("the digests of channels", () => {
  it("are those of their subscriptions, those at the same times in one", () => {
    const daily = "mode:digest days:daily at:7:30";
    expect(
      shown([kept(daily), kept(`tag:x ${daily}`), kept("mode:digest"), kept("tag:y")]),
    ).toEqual([
      ["C1", "0123456/07.30/Europe/Berlin", 2],
      ["C1", "12345/09.00/Europe/Berlin", 1],
    ]);
  });

  it("of all that a channel hears of follow its subscriptions, or the configuration", () => {
    expect(shown([kept(whole), kept("tag:x"), kept("tag:y mode:list")])).toEqual([
      ["C1", "0123456/07.30/UTC", 2],
    ]);
    expect(shown([kept(whole)], { workspace: "T1", channel: "C1" })).toEqual([
      ["C1", "0123456/07.30/UTC", 1],
    ]);
    expect(shown([kept(whole)])).toEqual([["C1", "0123456/07.30/UTC", 0]]);
  });

  it("are none of what is stopped or cannot be read", () => {
    const stopped = { code: "is_archived", message: "" };
    expect(shown([kept("mode:digest", { stopped }), kept({ kind: "unreadable" })])).toEqual([]);
  });

  it("come to the same whatever the order of the subscriptions", () => {
    const some = fc.array(fc.tuple(someTerms, fc.constantFrom("C1", "C2")), { maxLength: 5 });
    fc.assert(
      fc.property(some, (all) => {
        const rows = all.map(([terms, channel]) => kept({ kind: "terms", terms }, { channel }));
        expect(new Set(shown(rows.toReversed()).map(String))).toEqual(
          new Set(shown(rows).map(String)),
        );
      }),
    );
  });
});

it.each([
  [{ every: "day" }, "12345/09.00/UTC"],
  [{ every: "weekdays", at: "07:05" }, "12345/07.05/UTC"],
  [{ every: "week", weekday: "sun" }, "0/09.00/UTC"],
] as const)("a person who wants %j is sent it then, not at quiet weekends", (digest, name) => {
  const recurrence = personRecurrence(readSettings({ digest }), "UTC");
  expect(recurrence === null ? null : nameOfRecurrence(recurrence)).toBe(name);
});

it("a person is sent it at weekends where they write as usual, and never where they want none", () => {
  const daily = readSettings({ digest: { every: "day" }, weekends: "as usual" });
  expect(personRecurrence(daily, "UTC")?.weekdays).toHaveLength(7);
  expect(personRecurrence(readSettings({}), "UTC")).toBeNull();
});

const day = (date: string) => new Date(`2026-${date}T09:00:00.000Z`);

describe("what a digest is about", () => {
  // 4 May 2026 is a Monday.
  const recurrence = { at: "09:00", weekdays: [1, 2, 3, 4, 5], timezone: "UTC" };
  const due = new Date(at("09:00"));
  it.each([
    [null, day("05-01")],
    [day("05-01"), day("05-01")],
    [day("04-30"), day("04-30")],
    [day("04-01"), day("04-26")],
  ])("begins where the one before it ended (%s)", (lastTo, from) => {
    expect(windowOf(recurrence, due, lastTo)).toEqual({ from, to: due });
  });

  it("is nothing where that is told", () => {
    expect(windowOf(recurrence, due, due)).toBeNull();
  });

  it("leaves nothing out and nothing twice, whichever were missed", () => {
    fc.assert(
      fc.property(fc.subarray([1, 2, 3, 4, 5, 6, 7, 8].map((n) => day(`05-0${n}`))), (sent) => {
        const daily = { ...recurrence, weekdays: [0, 1, 2, 3, 4, 5, 6] };
        let last: Date | null = null;
        for (const one of sent) {
          const window = windowOf(daily, one, last);
          expect(window).toEqual({ from: last ?? new Date(one.getTime() - 86_400_000), to: one });
          last = window?.to ?? last;
        }
      }),
    );
  });
});
