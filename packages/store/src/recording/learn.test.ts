import { fold, samenessOf, type EventType, type ReportedFact } from "@countersign/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { aDelivery, aFact } from "../testing/index.ts";
import { learn, type Known, type Understood } from "./learn.ts";

const types: EventType[] = [
  "contract.sent",
  "recipient.viewed",
  "contract.voided",
  "contract.noted",
];

const fact: fc.Arbitrary<ReportedFact> = fc
  .record({
    type: fc.constantFrom(...types),
    occurrence: fc.constantFrom("", "1"),
    minute: fc.integer({ min: 0, max: 3 }),
    reason: fc.constantFrom(null, "price", "date"),
    title: fc.constantFrom(null, "Lease", "Loan"),
  })
  .map(({ type, occurrence, minute, reason, title }) =>
    aFact(type, {
      occurrence,
      reason,
      occurredAt: `2026-05-04T09:0${minute}:00.000Z`,
      description: title === null ? null : { title },
    }),
  );

const delivery = fc
  .record({
    contract: fc.constantFrom("a", "b"),
    facts: fc.array(fact, { minLength: 1, maxLength: 4 }),
    claimsEndings: fc.boolean(),
    second: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ contract, facts, claimsEndings, second }) => ({
    delivery: aDelivery(`body of ${contract}`, {
      claimsEndings,
      receivedAt: new Date(Date.UTC(2026, 4, 4, 10, 0, second)),
    }),
    reports: [{ externalId: contract, facts }],
  }));

/** What is known of each contract, and who proved what, after groups of deliveries. */
function learnAll(groups: Understood[][]) {
  const known = new Map<string, Known>();
  const proofs = new Map<string, string>();
  const changed: string[] = [];
  for (const group of groups) {
    const { contracts, changedBy } = learn(group, known);
    for (const { contract, version, events, news, searchable } of contracts) {
      expect(contract).toEqual(
        fold(
          { id: contract.id, source: "docusign", externalId: contract.externalId },
          events.values(),
        ),
      );
      for (const { event, deliveryId } of news) {
        const before = known.get(contract.id)?.events.get(samenessOf(event));
        const isFirstProof = before === undefined || (before.claimed && !event.claimed);
        if (isFirstProof) proofs.set(event.id, deliveryId);
      }
      known.set(contract.id, { version, events, searchable });
    }
    changed.push(
      ...[...changedBy].flatMap(([id, ids]) => ids.map((contract) => `${id} ${contract}`)),
    );
  }
  return { known, proofs, changed };
}

function eventsAfter(order: Understood[]) {
  return new Map([...learnAll([order]).known].map(([id, { events }]) => [id, events]));
}

it("learns the same from deliveries together as from one after the other", () => {
  fc.assert(
    fc.property(
      fc.array(delivery, { maxLength: 12 }),
      fc.integer({ min: 1, max: 12 }),
      (given, size) => {
        const deliveries = given.map((one, index) => ({ ...one, deliveryId: String(index) }));
        const groups = Array.from({ length: Math.ceil(deliveries.length / size) }, (_, index) =>
          deliveries.slice(index * size, (index + 1) * size),
        );
        const together = learnAll(groups);
        const alone = learnAll(deliveries.map((one) => [one]));
        expect(together).toEqual(alone);
        for (const { version } of together.known.values()) expect(version).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});

it("learns the same whichever delivery is recorded first, and when each thing was first seen", () => {
  fc.assert(
    fc.property(fc.array(delivery, { maxLength: 12 }), (given) => {
      const deliveries = given.map((one, index) => ({ ...one, deliveryId: String(index) }));
      expect(eventsAfter(deliveries.toReversed())).toEqual(eventsAfter(deliveries));
    }),
    { numRuns: 300 },
  );
});
