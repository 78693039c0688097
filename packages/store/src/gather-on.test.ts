import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { readLinks, saveLink, type Link } from "./links.ts";
import { record } from "./recording/record.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

function link(destination: string, recordId: string): Link {
  const found = { foundBy: "rule", certainty: 1, detail: "by deal" } as const;
  return { contractId: "docusign/a", destination, recordId, ...found };
}

it("lets an item fail alone whose values PostgreSQL refuses, also one that no index can hold", async () => {
  await using store = await openTestStore();
  await record(store, aDelivery("a body"), aReport("a", aFact("contract.sent")));
  const ends = await Promise.allSettled([
    saveLink(store, link("one", "1001")),
    saveLink(store, link("two", "a\u0000b")),
    saveLink(store, link("three", randomBytes(5_000).toString("hex"))),
    saveLink(store, link("four", "1002")),
  ]);
  expect(ends.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "rejected",
    "fulfilled",
  ]);
  const kept = await readLinks(store, "docusign/a");
  expect(kept.map(({ destination }) => destination)).toEqual(["four", "one"]);
});
