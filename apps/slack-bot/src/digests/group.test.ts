import { aFact } from "@countersign/store/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cardFrom } from "../blocks/testing/cards.ts";
import type { Card } from "../contracts/card.ts";
import { at, described, signing } from "../testing/contracts.ts";
import { groupCards } from "./group.ts";

const bounced = aFact("recipient.bounced", { recipient: "1", occurredAt: at("09:30") });
const kinds = [
  cardFrom(described(), signing.sent),
  cardFrom(described(), signing.sent, bounced),
  cardFrom(described(), signing.sent, signing.completed),
];

const aCard: fc.Arbitrary<Card> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    since: fc.option(fc.constantFrom(at("08:00"), at("09:00"))),
    expires: fc.option(
      fc.record({ at: fc.constantFrom(at("13:00"), at("14:00")), isSoon: fc.boolean() }),
    ),
    id: fc.uuid(),
  })
  .map(({ kind, since, expires, id }) => ({
    ...kind,
    since,
    expires: kind.isOpen ? expires : null,
    contractId: id,
  }));

it("puts each contract into one group, whatever order they come in", () => {
  fc.assert(
    fc.property(fc.array(aCard, { maxLength: 8 }), fc.nat(), (cards, seed) => {
      const groups = groupCards(cards);
      const all = [...groups.attention, ...groups.waiting, ...groups.finished];
      expect(new Set(all)).toEqual(new Set(cards));
      expect(all).toHaveLength(cards.length);
      const turned = [...cards.slice(seed % 9), ...cards.slice(0, seed % 9)];
      expect(groupCards(turned)).toEqual(groups);
    }),
  );
});

it("begins with what expires soon, then with what has stood still for longest", () => {
  const [open, , over] = kinds;
  if (open === undefined || over === undefined) throw new Error("There are no such cards.");
  const soon = {
    ...open,
    contractId: "soon",
    since: at("09:00"),
    expires: { at: at("13:00"), isSoon: true },
  };
  const old = { ...open, contractId: "old", since: at("08:00") };
  const young = { ...open, contractId: "young", since: at("09:00") };
  const [first, last] = [
    { ...over, contractId: "first", since: at("08:00") },
    { ...over, contractId: "last", since: at("09:00") },
  ];
  const { waiting, finished } = groupCards([young, first, old, soon, last]);
  expect(waiting.map(({ contractId }) => contractId)).toEqual(["soon", "old", "young"]);
  expect(finished.map(({ contractId }) => contractId)).toEqual(["last", "first"]);
});
