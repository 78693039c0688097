import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { dmTypes, readSettings } from "../people/settings.ts";
import { at, contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import { dmTypeOf } from "./dm-type.ts";
import { hasNews, ownerWant } from "./owner-want.ts";

const sender = { name: "Dana Reyes", email: "Dana@Example.com" };
const voided = aFact("contract.voided", { occurredAt: at("09:30") });
const bounced = aFact("recipient.bounced", { recipient: "2", occurredAt: at("09:25") });
const reassigned = aFact("recipient.reassigned", { recipient: "2", occurredAt: at("09:26") });
const events = eventsOf(
  described({ sender }),
  signing.sent,
  signing.annViews,
  signing.annSigns,
  bounced,
  reassigned,
  voided,
);
const contract = contractOf(events);
const still = { hasCard: true, wasSnoozed: false, now: new Date(at("12:00")) };

function told(email: string, settings: Parameters<typeof readSettings>[0]): string[] {
  const want = ownerWant({ email, settings: readSettings(settings) }, contract, still);
  return events.filter((event) => want.tells(event)).map(({ type }) => type);
}

describe("what an owner hears of", () => {
  it("is what they did not do themselves, by their switches", () => {
    expect(told("dana@example.com", {})).toEqual(["recipient.signed", "recipient.bounced"]);
    expect(told("dana@example.com", { ownActions: true })).toEqual([
      "contract.sent",
      "recipient.signed",
      "recipient.bounced",
      "contract.voided",
    ]);
    expect(told("mara@example.com", { dm: { viewed: true, attention: false } })).toEqual([
      "contract.sent",
      "recipient.viewed",
      "recipient.signed",
      "contract.voided",
    ]);
  });

  it("leaves out what they signed", () => {
    expect(told("ANN@example.com", {})).toEqual([
      "contract.sent",
      "recipient.bounced",
      "contract.voided",
    ]);
  });

  it("is nothing where every switch is off", () => {
    const dm = Object.fromEntries(dmTypes.map((type) => [type, false]));
    expect(told("mara@example.com", { dm })).toEqual([]);
    expect(dmTypeOf("contract.created")).toBeNull();
  });
});

describe("whoever comes to own what is over", () => {
  const owner = { email: "mara@example.com", settings: readSettings({}) };
  const at20 = new Date("2026-05-24T09:00:00Z");

  it.each([
    [{ hasCard: false, wasSnoozed: false, now: at20 }, new Date("2026-05-17T09:00:00Z")],
    [{ hasCard: true, wasSnoozed: false, now: at20 }, null],
    [{ hasCard: false, wasSnoozed: true, now: at20 }, null],
  ])("hears what is a week old at most, unless it was told them before (%#)", (given, since) => {
    expect(ownerWant(owner, contract, given).since).toEqual(since);
  });

  it("hears all of what is open", () => {
    const open = contractOf(events.slice(0, 3));
    expect(ownerWant(owner, open, { ...still, hasCard: false, now: at20 }).since).toBeNull();
  });
});

const signs = ({ type }: { type: string }) => type === "recipient.signed";

it("knows whether there is news", () => {
  const signed = events.find(signs)?.id ?? "";
  expect(hasNews(signs, contract, events, new Set())).toBe(true);
  expect(hasNews(signs, contract, events, new Set([signed]))).toBe(false);
  expect(hasNews(() => false, contract, events, new Set())).toBe(false);
});
