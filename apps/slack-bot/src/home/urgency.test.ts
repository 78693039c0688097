import type { ReportedFact } from "@countersign/core";
import { aFact } from "@countersign/store/testing";
import { expect, it } from "vitest";
import { at, contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import { byUrgency, urgencyOf, type Standpoint } from "./urgency.ts";

const standpoint: Standpoint = {
  email: "dana@northgate.example",
  rules: { viewedDays: 3, partlySignedDays: 3, expiresWithinDays: 3 },
  hours: {
    from: "09:00",
    to: "18:00",
    days: ["mon", "tue", "wed", "thu", "fri"],
    timezone: "UTC",
  },
  now: new Date(at("12:00")),
};
const { sent, annViews, annSigns } = signing;
const bounced = aFact("recipient.bounced", { recipient: "1", occurredAt: at("09:30") });
const draft = aFact("contract.created", { occurredAt: at("09:00") });

const inDays = (days: number) =>
  new Date(standpoint.now.getTime() + days * 86_400_000).toISOString();
const contractFrom = (...facts: ReportedFact[]) => contractOf(eventsOf(...facts));

const named = (id: string, ...facts: ReportedFact[]) => ({
  contract: { ...contractFrom(...facts), id },
});

it.each<[string, ReportedFact[], Partial<Standpoint>, string]>([
  ["what is on its way", [described(), sent], {}, "waiting"],
  ["what expires in two days", [described({ expiresAt: inDays(2) }), sent], {}, "expiring"],
  ["what expires in a month", [described({ expiresAt: inDays(30) }), sent], {}, "waiting"],
  [
    "what expires and has a bounce",
    [described({ expiresAt: inDays(1) }), sent, bounced],
    {},
    "expiring",
  ],
  ["a draft", [described(), draft], {}, "mine"],
  ["what cannot reach somebody", [described(), sent, bounced], {}, "mine"],
  ["my turn to sign", [described(), sent], { email: "Ann@Example.com" }, "mine"],
  ["not yet my turn", [described(), sent], { email: "bob@example.com" }, "waiting"],
  ["my turn after somebody", [described(), sent, annSigns], { email: "bob@example.com" }, "mine"],
  [
    "what was viewed and left",
    [described(), sent, annViews],
    { now: new Date(inDays(14)) },
    "stalled",
  ],
  [
    "what is partly signed and left",
    [described(), sent, annSigns],
    { now: new Date(inDays(14)) },
    "stalled",
  ],
])("%s", (_, facts, more, urgency) => {
  expect(urgencyOf(contractFrom(...facts), { ...standpoint, ...more })).toBe(urgency);
});

it("comes in order: by urgency, then what expires first or has waited longest", () => {
  const late = aFact("contract.sent", { occurredAt: at("10:00") });
  const sorted = byUrgency(
    [
      named("waits short", described(), late),
      named("waits long", described(), sent),
      named("expires later", described({ expiresAt: inDays(2) }), sent),
      named("draft", described(), draft),
      named("expires first", described({ expiresAt: inDays(1) }), sent),
    ],
    standpoint,
  );
  expect(sorted.map(({ contract, urgency }) => [contract.id, urgency])).toEqual([
    ["expires first", "expiring"],
    ["expires later", "expiring"],
    ["draft", "mine"],
    ["waits long", "waiting"],
    ["waits short", "waiting"],
  ]);
});
