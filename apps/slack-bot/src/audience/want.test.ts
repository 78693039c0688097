import { eventTypes, type ContractEvent, type EventType } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, contractOf, described, eventsOf, signing } from "../testing/contracts.ts";
import { mergeWants, standingCard, type Lines, type Want } from "./want.ts";

const events = eventsOf(described(), signing.sent, signing.annViews, signing.annSigns);
const contract = contractOf(events);

const aWant: fc.Arbitrary<Want> = fc
  .record({
    shape: fc.constantFrom<[boolean, Lines, boolean]>(
      [true, "thread", false],
      [true, "channel", false],
      [true, "none", false],
      [false, "channel", false],
      [false, "none", true],
    ),
    types: fc.option(fc.subarray<EventType>([...eventTypes])),
    since: fc.option(fc.constantFrom(new Date(at("08:00")), new Date(at("09:07")))),
  })
  .map(({ shape: [card, lines, digest], types, since }) => ({
    card,
    lines,
    digest,
    tells: ({ type }) => types === null || types.includes(type),
    tellsAll: types === null,
    since,
  }));

/** What the merged want comes to for people. */
function shown(wants: readonly Want[]) {
  const merged = mergeWants(wants, contract, events);
  if (merged === null) return null;
  const { mode, broadcast, tellsAll, isDigest } = merged;
  return { mode, broadcast, tellsAll, isDigest, told: said(wants) };
}

/** The events that get a line of their own. */
function said(wants: readonly Want[]): string[] {
  const merged = mergeWants(wants, contract, events);
  if (merged === null || (merged.mode !== "thread" && merged.mode !== "list")) return [];
  return events.filter((event) => merged.tells(event)).map(({ id }) => id);
}

const hasCard = (wants: readonly Want[]) =>
  ["thread", "card"].includes(mergeWants(wants, contract, events)?.mode ?? "");

describe("several wants as one", () => {
  it("do not care about their order, or about being said twice", () => {
    fc.assert(
      fc.property(fc.array(aWant, { maxLength: 4 }), fc.nat(), (wants, seed) => {
        const turned = [...wants.slice(seed % 5), ...wants.slice(0, seed % 5)].toReversed();
        expect(shown(turned)).toEqual(shown(wants));
        expect(shown([...wants, ...wants])).toEqual(shown(wants));
      }),
    );
  });

  it("say what each of them says, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(aWant, { maxLength: 3 }), fc.array(aWant, { maxLength: 3 }), (a, b) => {
        const together = new Set(said([...a, ...b]));
        expect(together).toEqual(new Set([...said(a), ...said(b)]));
        expect(hasCard([...a, ...b])).toBe(hasCard(a) || hasCard(b));
      }),
    );
  });

  it("ask for nothing where there are none", () => {
    expect(mergeWants([], contract, events)).toBeNull();
  });
});

const everything: Want = {
  card: true,
  lines: "thread",
  digest: false,
  tells: () => true,
  tellsAll: true,
  since: null,
};
const only = (type: EventType): Pick<Want, "tells" | "tellsAll"> => ({
  tells: (event: ContractEvent) => event.type === type,
  tellsAll: false,
});
const late = new Date(at("10:00"));

describe("a card", () => {
  const ended = eventsOf(described(), signing.sent, signing.completed);

  it.each([
    ["of what is open, for who wants everything", { ...everything, since: late }, events, true],
    ["not of what was over before", { ...everything, since: late }, ended, false],
    ["of what ended while they listened", { ...everything, since: new Date(0) }, ended, true],
    [
      "once the event has come that it is for",
      { ...everything, lines: "none", ...only("contract.completed"), since: new Date(0) },
      ended,
      true,
    ],
    ["not before that", { ...everything, ...only("contract.completed") }, events, false],
  ] as const)("is due %s", (_, want, happened, isDue) => {
    const merged = mergeWants([want], contractOf([...happened]), [...happened]);
    expect(merged?.tellsAll).toBe(isDue);
  });

  it("that stands gives a list its thread, and a quiet place nothing but the truth", () => {
    const list: Want = { ...everything, card: false, lines: "channel" };
    expect(mergeWants([list, standingCard], contract, events)).toMatchObject({
      mode: "thread",
      broadcast: true,
    });
    const left = mergeWants([standingCard], contract, events);
    expect(left).toMatchObject({ mode: "card", tellsAll: false });
    expect(events.some((event) => left?.tells(event))).toBe(false);
  });
});

it("leaves what is in a digest to the digest", () => {
  const digest: Want = { ...everything, card: false, lines: "none", digest: true };
  expect(mergeWants([digest], contract, events)).toMatchObject({ mode: "digest", isDigest: true });
  expect(mergeWants([digest, standingCard], contract, events)).toMatchObject({
    mode: "card",
    isDigest: true,
  });
  expect(mergeWants([digest, everything], contract, events)).toMatchObject({
    mode: "thread",
    isDigest: false,
  });
});
