import { afterAll, beforeAll, expect, it } from "vitest";
import { readContract } from "./contracts.ts";
import { readEvents } from "./events.ts";
import { readDeliveryBody, readEvidence } from "./evidence.ts";
import { forgetDeliveries } from "./forget-deliveries.ts";
import { record } from "./recording/record.ts";
import type { Store } from "./store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => store.close());

const pdf = Buffer.alloc(6_000, "%PDF-1.7 ").toString("base64");
const withFile = (id: string) => `{"id":"${id}","document":"${pdf}"}`;
const count = async (table: string) => {
  const { rows } = await store.database.query<{ n: number }>(
    `select count(*)::int as n from ${table}`,
  );
  return rows[0]?.n;
};

it("keeps a file that many bodies carry once, and gives each body back as it came", async () => {
  const ids = [];
  for (const name of ["a", "b"]) {
    const { deliveryId } = await record(
      store,
      aDelivery(withFile(name), { receivedAt: new Date("2026-01-01T00:00:00Z") }),
      aReport(name, aFact("contract.sent")),
    );
    ids.push(deliveryId);
  }
  expect(await count("files")).toBe(1);
  const bodies = await Promise.all(ids.map((id) => readDeliveryBody(store, id)));
  expect(bodies.map((body) => Buffer.from(body ?? []).toString())).toEqual([
    withFile("a"),
    withFile("b"),
  ]);
});

it("forgets what old deliveries said, and keeps what they proved", async () => {
  const { deliveryId } = await record(store, aDelivery(withFile("new")), aReport("new"));
  expect(await forgetDeliveries(store, new Date("2026-02-01T00:00:00Z"))).toBe(2);
  expect(await count("files")).toBe(1);
  expect(await readDeliveryBody(store, deliveryId)).not.toBeNull();
  expect(await forgetDeliveries(store, new Date("2027-01-01T00:00:00Z"))).toBe(1);
  expect(await count("files")).toBe(0);
  expect(await readDeliveryBody(store, deliveryId)).toBeNull();
  expect(await readEvents(store.database, "docusign/a")).toHaveLength(1);
  const again = await record(store, aDelivery(withFile("a")), aReport("a", aFact("contract.sent")));
  expect(again.outcome).toBe("duplicate");
});

it("holds a claimed ending back until something proves it", async () => {
  const completed = aReport("c", aFact("contract.sent"), aFact("contract.completed"));
  await record(store, aDelivery("claim", { claimsEndings: true, bodyProof: "none" }), completed);
  expect(await readContract(store.database, "docusign/c")).toMatchObject({
    contract: { status: "sent", unconfirmed: "completed" },
  });
  await record(store, aDelivery("proof", { via: "reconcile", secretIndex: null }), completed);
  expect(await readContract(store.database, "docusign/c")).toMatchObject({
    version: 2,
    contract: { status: "completed", unconfirmed: null },
  });
  const evidence = await readEvidence(store, "docusign/c");
  expect(evidence.map(({ via, bodyProof, secretIndex }) => [via, bodyProof, secretIndex])).toEqual([
    ["webhook", "none", 0],
    ["reconcile", "signature", null],
  ]);
});
