import type { ReportedFact } from "@countersign/core";
import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { readSettings } from "../people/settings.ts";
import { described, signing } from "../testing/contracts.ts";
import type { Given } from "../subscriptions/testing/facts.ts";
import { inC1, rulesOf, storyOf } from "./testing/rules.ts";
import { replayNudges, type NudgeWindow } from "./replay-nudges.ts";
import type { SlackRules } from "./rules.ts";

// Ann views it on Monday, 4 May 2026, at 09:05 UTC; people work from 09:00 to 18:00 on weekdays.
const dana = { userId: null, email: "dana@northgate.example" };
const window: NudgeWindow = {
  since: new Date("2026-05-01T00:00:00Z"),
  now: new Date("2026-05-20T00:00:00Z"),
  escalateTo: null,
};
const viewed = [signing.sent, signing.annViews];

function nudges(
  facts: readonly ReportedFact[],
  {
    rules = rulesOf(),
    given = {},
    within = window,
  }: { rules?: SlackRules; given?: Given; within?: NudgeWindow } = {},
): string[] {
  const { story, telling } = storyOf({ owner: dana, ...given }, ...facts);
  const owners = telling.owners.map((owner) => ({
    ...owner,
    settings: readSettings({ quietHours: null }),
  }));
  return replayNudges(story, { ...telling, owners }, rules, within).map(
    ({ place, happenedAt, text }) => {
      return `${place.channel ?? place.person} ${happenedAt.slice(0, 16)} ${text}`;
    },
  );
}

const first =
  "dana@northgate.example 2026-05-07T09:05 The contract “Mill lease” needs a push: Ann Lee viewed it and has not signed.";

function voided(occurredAt: string): ReportedFact {
  return aFact("contract.voided", { occurredAt });
}

describe("a nudge that would have been sent", () => {
  it("is one for a stall, when its time came", () => {
    expect(nudges(viewed)).toEqual([first]);
  });

  it("comes sooner by other rules", () => {
    const { stalls } = rulesOf();
    const rules = rulesOf({ stalls: { ...stalls, viewedDays: 1 } });
    expect(nudges(viewed, { rules })).toEqual([first.replace("05-07", "05-05")]);
  });

  it("is none where it went on in time, or ended", () => {
    const signed = aFact("recipient.signed", {
      recipient: "1",
      occurredAt: "2026-05-06T10:00:00.000Z",
    });
    expect(nudges([...viewed, signed]).filter((one) => one.startsWith(first))).toEqual([]);
    expect(nudges([...viewed, voided("2026-05-06T10:00:00.000Z")])).toEqual([]);
    expect(nudges([...viewed, voided("2026-05-08T10:00:00.000Z")])).toEqual([first]);
  });

  it("goes on to the channel when nothing comes of it", () => {
    const within = { ...window, escalateTo: inC1 };
    expect(nudges(viewed, { within })).toEqual([
      first,
      expect.stringMatching(/^C1 2026-05-11T09:05 .*Nothing has come of telling its owner\.$/),
    ]);
  });

  it("goes to the channel at once where nobody can be told", () => {
    const within = { ...window, escalateTo: inC1 };
    expect(nudges(viewed, { within, given: { owner: { userId: null, email: null } } })).toEqual([
      expect.stringMatching(/^C1 2026-05-07T09:05 /),
    ]);
  });

  it("tells of what is about to expire", () => {
    const about = { expiresAt: "2026-05-13T12:00:00.000Z" };
    expect(nudges([signing.sent], { given: { about } })).toEqual([
      expect.stringMatching(/2026-05-11T09:00 .*it expires soon and waits for Ann Lee\.$/),
    ]);
  });

  it.each([
    ["before the window", { since: new Date("2026-05-08T00:00:00Z") }, []],
    ["after it", { now: new Date("2026-05-07T09:00:00Z") }, []],
    ["within it", { since: new Date("2026-05-07T00:00:00Z") }, [first]],
  ])("counts only %s where it was due", (_where, more, expected) => {
    expect(nudges(viewed, { within: { ...window, ...more } })).toEqual(expected);
  });

  it("looks at each time as it was known then", () => {
    const { story, telling } = storyOf({ owner: dana }, ...viewed);
    const late = described({ title: "Renamed" });
    const renamed = { ...late, occurrence: "2", occurredAt: "2026-05-18T09:00:00.000Z" };
    const after = storyOf({ owner: dana }, ...viewed, renamed);
    expect(after.story.contract.title).toBe("Renamed");
    const [before] = replayNudges(story, telling, rulesOf(), window);
    const [since] = replayNudges(after.story, after.telling, rulesOf(), window);
    expect(since?.text).toBe(before?.text);
  });
});
