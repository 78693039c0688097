import { aFact } from "@countersign/store/testing";
import type { ReportedFact } from "@countersign/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { everything, factsFrom } from "../blocks/testing/cards.ts";
import { at, contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import { announce } from "./announce.ts";

const { sent, annViews, annSigns, bobSigns, completed } = signing;
const whole = [described(), sent, annViews, annSigns, bobSigns, completed];

function announced(facts: ReportedFact[], now: string, known: ReportedFact[] = []) {
  const events = eventsOf(...facts);
  return announce({
    contract: contractOf(events),
    events,
    facts: factsFrom(facts),
    offers: everything,
    announced: new Set(eventsOf(...known).map(({ id }) => id)),
    tells: () => true,
    since: null,
    now: new Date(now),
  });
}

function said(facts: ReportedFact[], now: string, known: ReportedFact[] = []) {
  return announced(facts, now, known).lines.map(({ kind, happenings }) => [
    kind,
    ...happenings.map(({ type, who }) => (who === null ? type : `${type} ${who}`)),
  ]);
}

it("tells each fresh happening in a line of its own", () => {
  expect(said([described(), sent, annViews], at("09:06"))).toEqual([
    ["happening", "contract.sent"],
    ["happening", "recipient.viewed Ann Lee"],
  ]);
});

it("tells nothing twice", () => {
  expect(said(whole, at("09:22"), whole)).toEqual([]);
});

it("sums up what is old news by now in one line, before what is fresh", () => {
  expect(said(whole, at("09:26"), [sent])).toEqual([
    ["summary", "recipient.viewed Ann Lee", "recipient.signed Ann Lee"],
    ["happening", "recipient.signed Bob Roy"],
    ["happening", "contract.completed"],
  ]);
  expect(said(whole, at("19:00"))).toHaveLength(1);
});

it("tells a single late happening as it is", () => {
  expect(said([described(), sent], at("19:00"))).toEqual([["happening", "contract.sent"]]);
});

it("names a second telling of what people have heard as told", () => {
  const viewed = aFact("contract.viewed", { occurredAt: at("09:05") });
  expect(said([described(), viewed, annViews], at("09:06"), [viewed])).toEqual([]);
});

it("makes the same of the events in any order", () => {
  const expected = announced(whole, at("09:22"));
  const orders = fc.shuffledSubarray(whole, { minLength: whole.length });
  fc.assert(
    fc.property(orders, (order) => {
      expect(announced(order, at("09:22"))).toEqual(expected);
    }),
  );
});
