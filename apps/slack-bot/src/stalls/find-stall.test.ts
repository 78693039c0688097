import type { ReportedFact } from "@countersign/core";
import { aFact } from "@countersign/store/testing";
import { expect, it } from "vitest";
import { at, contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import { findStall, type StallRules } from "./find-stall.ts";
import type { WorkingHours } from "./working-time.ts";

const rules: StallRules = { viewedDays: 3, partlySignedDays: 2, expiresWithinDays: 3 };
const hours: WorkingHours = {
  from: "09:00",
  to: "18:00",
  days: ["mon", "tue", "wed", "thu", "fri"],
  timezone: "UTC",
};

/** All test contracts live on Monday, 2026-05-04. */
function stallOf(facts: ReportedFact[], now: string, more: Partial<WorkingHours> = {}) {
  const contract = contractOf(eventsOf(...facts));
  return findStall(contract, rules, { ...hours, ...more }, new Date(now));
}

const { sent, annViews, annSigns, bobSigns, completed } = signing;
const bobViews = aFact("recipient.viewed", { recipient: "2", occurredAt: at("09:15") });

it("finds a viewed contract that waits for its signature, once its working days are over", () => {
  const facts = [described(), sent, annViews];
  expect(stallOf(facts, "2026-05-07T09:04:59Z")).toBeNull();
  expect(stallOf(facts, "2026-05-07T09:05:00Z")).toEqual({
    kind: "unsigned",
    at: at("09:05"),
    waitsFor: ["Ann Lee"],
  });
});

it("names nobody where only the contract is said to be viewed", () => {
  const viewed = aFact("contract.viewed", { occurredAt: at("09:05") });
  const stall = stallOf([described(), sent, viewed], "2026-05-08T12:00:00Z");
  expect(stall).toEqual({ kind: "unsigned", at: at("09:05"), waitsFor: [] });
});

it("waits for no signature of somebody whose turn it is not, or who only gets a copy", () => {
  expect(stallOf([described(), sent, bobViews], "2026-06-01T12:00:00Z")).toBeNull();
  const cleoViews = aFact("recipient.viewed", { recipient: "3", occurredAt: at("09:15") });
  expect(stallOf([described(), sent, cleoViews], "2026-06-01T12:00:00Z")).toBeNull();
});

it("finds a partly signed one that is quiet, from the last thing that happened to it", () => {
  const facts = [described(), sent, annViews, annSigns];
  expect(stallOf(facts, "2026-05-06T09:09:00Z")).toBeNull();
  const stall = { kind: "quiet", at: at("09:10"), waitsFor: ["Bob Roy"] };
  expect(stallOf(facts, "2026-05-06T09:10:00Z")).toEqual(stall);
  expect(stallOf([...facts, bobViews], "2026-05-06T09:10:00Z")).toBeNull();
  expect(stallOf([...facts, bobViews], "2026-05-06T09:15:00Z")).toEqual({
    ...stall,
    at: at("09:15"),
  });
});

it("tells first that it is about to expire, and not once it should have", () => {
  const expiresAt = "2026-05-16T12:00:00.000Z";
  const facts = [described({ expiresAt }), sent, annViews];
  // In any days: 2026-05-16 is a Saturday.
  expect(stallOf(facts, "2026-05-13T11:59:00Z")?.kind).toBe("unsigned");
  const stall = { kind: "expiring", at: expiresAt, waitsFor: ["Ann Lee"] };
  expect(stallOf(facts, "2026-05-13T12:00:00Z")).toEqual(stall);
  expect(stallOf(facts, "2026-05-16T12:00:00Z")?.kind).toBe("unsigned");
});

it("tells of one that is about to expire unseen", () => {
  const expiresAt = "2026-05-06T12:00:00.000Z";
  const facts = [described({ expiresAt }), sent];
  expect(stallOf(facts, "2026-05-05T12:00:00Z")?.kind).toBe("expiring");
});

it("finds nothing in a draft, a sent one that nobody viewed, or one that has ended", () => {
  const late = "2026-06-01T12:00:00Z";
  const soon = described({ expiresAt: "2026-06-02T12:00:00.000Z" });
  expect(stallOf([soon], late)).toBeNull();
  expect(stallOf([described(), sent], late)).toBeNull();
  expect(stallOf([soon, sent, annViews, annSigns, bobSigns, completed], late)).toBeNull();
  const declined = aFact("contract.declined", { occurredAt: at("09:30") });
  expect(stallOf([soon, sent, annViews, declined], late)).toBeNull();
});

it("counts days by the clock of the zone, over a weekend and a change of the clock", () => {
  const facts = [described(), sent, annViews];
  // 09:05 UTC is 02:05 in Los Angeles: work begins there at 16:00 UTC.
  const there = { timezone: "America/Los_Angeles" };
  expect(stallOf(facts, "2026-05-07T15:59:00Z", there)).toBeNull();
  expect(stallOf(facts, "2026-05-07T16:00:00Z", there)?.kind).toBe("unsigned");
  const friday = aFact("recipient.viewed", {
    recipient: "1",
    occurredAt: "2026-10-23T10:00:00.000Z",
  });
  const autumn = [described(), sent, friday];
  const berlin = { timezone: "Europe/Berlin" };
  expect(stallOf(autumn, "2026-10-28T10:59:00Z", berlin)).toBeNull();
  expect(stallOf(autumn, "2026-10-28T11:00:00Z", berlin)?.kind).toBe("unsigned");
});
