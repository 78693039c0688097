import { expect, it } from "vitest";
import type { Kept } from "../audience/kept.ts";
import { termsOf } from "../subscriptions/testing/facts.ts";
import { at } from "../testing/contracts.ts";
import { digestDifferences } from "./digest-differences.ts";
import { inC1, inC2, rulesOf } from "./testing/rules.ts";

const by = { id: "1", madeBy: "U1", madeAt: new Date(at("08:00")), stopped: null };
const times = { at: "09:00", days: "daily", timezone: "UTC" } as const;
const whole: Kept = { ...inC1, ...by, meaning: { kind: "whole-digest", times } };
const own: Kept = {
  ...inC1,
  ...by,
  meaning: { kind: "terms", terms: termsOf("mode:digest at:09:00") },
};
const person = (settings: object) => ({
  workspace: "",
  userId: "U1",
  email: "dana@northgate.example",
  isStated: false,
  timezone: null,
  settings: { ...settings },
});
const daily = person({ digest: { every: "day", at: "08:30" } });

const present = rulesOf();
const moved = rulesOf({ hearing: { defaultChannel: inC2 } });
const direct = rulesOf({ hearing: { directMessages: true } });
const inChannel = { workspace: "", channel: "C1", person: null };
const toDana = { workspace: "", channel: null, person: "dana@northgate.example" };

it.each([
  ["in the same file", { present, changed: present }, [whole], []],
  [
    "where the channel that has one of everything hears of nothing",
    { present, changed: moved },
    [whole],
    [{ place: inChannel, message: "the digest at 09:00 (UTC) would sum up other contracts" }],
  ],
  ["where the channel's own digest stays", { present, changed: moved }, [own], []],
  [
    "where people hear nothing any more",
    { present: direct, changed: present },
    [],
    [{ place: toDana, message: "the digest at 08:30 would no longer be sent" }],
  ],
  [
    "where they come to hear something",
    { present, changed: direct },
    [],
    [{ place: toDana, message: "a digest at 08:30 would be sent" }],
  ],
  [
    "where Slack is left out altogether",
    { present, changed: null },
    [own],
    [{ place: inChannel, message: "the digest at 09:00 (Europe/Berlin) would no longer be sent" }],
  ],
])("digests differ %s", (_where, rules, kept, expected) => {
  expect(digestDifferences({ kept, people: [daily, person({})] }, rules)).toEqual(expected);
});
