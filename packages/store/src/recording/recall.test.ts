import { toEvent } from "@countersign/core";
import { expect, it } from "vitest";
import { aFact } from "../testing/index.ts";
import { bySameness, type KnownEvents } from "./learn.ts";
import { createRecall } from "./recall.ts";

function events(contractId: string, count: number): KnownEvents {
  const made = Array.from({ length: count }, (_, index) =>
    toEvent(aFact("contract.noted", { occurrence: String(index) }), {
      contractId,
      observedAt: "2026-05-04T09:00:00.000Z",
      via: "webhook",
    }),
  );
  return bySameness(made);
}

it("recalls a contract at the version that it remembered, and at no other", () => {
  const recall = createRecall(10);
  recall.remember("a", { version: 2, events: events("a", 3), searchable: null });
  expect(recall.knownAt("a", 2)?.events).toHaveProperty("size", 3);
  expect(recall.knownAt("a", 1)).toBeUndefined();
  expect(recall.knownAt("a", 3)).toBeUndefined();
  expect(recall.knownAt("b", 2)).toBeUndefined();
});

it("forgets the contracts that changed longest ago when it holds too many events", () => {
  const recall = createRecall(10);
  for (const id of ["a", "b", "c"])
    recall.remember(id, { version: 1, events: events(id, 4), searchable: null });
  expect(recall.knownAt("a", 1)).toBeUndefined();
  expect(recall.knownAt("c", 1)?.events).toHaveProperty("size", 4);
  recall.remember("b", { version: 2, events: events("b", 5), searchable: null });
  recall.remember("d", { version: 1, events: events("d", 1), searchable: null });
  expect(recall.knownAt("c", 1)?.events).toHaveProperty("size", 4);
  expect(recall.knownAt("b", 2)?.events).toHaveProperty("size", 5);
});

it("holds no contract that is larger than all it may hold", () => {
  const recall = createRecall(10);
  recall.remember("a", { version: 1, events: events("a", 11), searchable: null });
  expect(recall.knownAt("a", 1)).toBeUndefined();
});
