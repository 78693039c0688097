import { afterAll, beforeAll, expect, it } from "vitest";
import { fold, type Normalized } from "@countersign/core";
import { findContracts, readContract } from "../contracts.ts";
import { readEvents } from "../events.ts";
import { readQuarantine } from "../quarantine.ts";
import { readWakeup } from "../queue/queue.ts";
import { record } from "./record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await store.queue.createQueue("watch");
  await store.queue.subscribe("contract.changed", "watch");
});
afterAll(async () => store.close());

const wakeups = async (contractId: string) => {
  const jobs = await store.queue.findJobs("watch", { limit: 1_000 });
  return jobs.filter((job) => readWakeup(job.data).includes(contractId)).length;
};

it("keeps the delivery, its events, the contract and one wake-up", async () => {
  const described = aFact("contract.noted", {
    note: "described",
    description: { title: "Lease of the mill", recipients: [{ key: "1", name: "Dana Reyes" }] },
  });
  const recorded = await record(
    store,
    aDelivery("one"),
    aReport("a1", aFact("contract.sent"), described),
  );
  expect(recorded).toMatchObject({ outcome: "recorded", changed: ["docusign/a1"] });
  const stored = await readContract(store.database, "docusign/a1");
  expect(stored).toMatchObject({
    version: 1,
    contract: { status: "sent", title: "Lease of the mill" },
  });
  expect(await readEvents(store.database, "docusign/a1")).toHaveLength(2);
  expect(await wakeups("docusign/a1")).toBe(1);
});

it("keeps the same bytes once, and says so", async () => {
  const report = aReport("a2", aFact("contract.sent"));
  const copies = Array.from({ length: 20 }, () => record(store, aDelivery("two"), report));
  const outcomes = (await Promise.all(copies)).map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === "recorded")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "duplicate")).toHaveLength(19);
  const { rows } = await store.database.query(
    "select times_received from deliveries where body = $1",
    [Buffer.from("two")],
  );
  expect(rows).toEqual([{ times_received: 20 }]);
  expect(await wakeups("docusign/a2")).toBe(1);
});

it("wakes nobody where different bytes prove nothing new", async () => {
  const facts = aReport("a3", aFact("contract.sent"));
  await record(store, aDelivery("three"), facts);
  const again = await record(store, aDelivery("three, retried"), facts);
  expect(again).toMatchObject({ outcome: "recorded", changed: [] });
  expect(await wakeups("docusign/a3")).toBe(1);
});

it("ends in the fold of all events when deliveries come at once and out of order", async () => {
  const types = [
    "contract.completed",
    "recipient.signed",
    "contract.sent",
    "recipient.viewed",
    "contract.created",
  ] as const;
  await Promise.all(
    types.map((type, index) =>
      record(
        store,
        aDelivery(`four ${type}`),
        aReport(
          "a4",
          aFact(type, {
            recipient: type.startsWith("recipient") ? "1" : null,
            occurredAt: `2026-05-04T09:0${index}:00.000Z`,
          }),
        ),
      ),
    ),
  );
  const events = await readEvents(store.database, "docusign/a4");
  const stored = await readContract(store.database, "docusign/a4");
  expect(events).toHaveLength(types.length);
  expect(stored?.version).toBe(types.length);
  expect(stored?.contract).toEqual(
    fold({ id: "docusign/a4", source: "docusign", externalId: "a4" }, events),
  );
});

it("learns the exact time of an event from a later report of it", async () => {
  const stamped = aFact("contract.completed", { occurredAt: "2026-05-04T09:30:00.000Z" });
  const exact = aFact("contract.completed", { occurredAt: "2026-05-04T09:12:00.000Z" });
  await record(store, aDelivery("five"), aReport("a5", stamped));
  const later = await record(store, aDelivery("five, whole"), aReport("a5", exact));
  expect(later).toMatchObject({ changed: ["docusign/a5"] });
  const stored = await readContract(store.database, "docusign/a5");
  expect(stored?.contract.completedAt).toBe("2026-05-04T09:12:00.000Z");
  expect(await readEvents(store.database, "docusign/a5")).toHaveLength(1);
});

it("keeps what was not understood in quarantine, and makes no contract of it", async () => {
  const recorded = await record(store, aDelivery("?!"), { understood: false, reason: "not JSON" });
  expect(recorded).toMatchObject({ outcome: "quarantined", reason: "not JSON" });
  expect(await readQuarantine(store, 10)).toMatchObject([
    { source: "docusign", reason: "not JSON", bytes: 2, timesReceived: 1 },
  ]);
});

it("keeps in quarantine what was understood in part, and records that part", async () => {
  const report = { ...aReport("a6", aFact("contract.sent")), unread: "no-document-id" };
  const recorded = await record(store, aDelivery("six and a half"), report);
  expect(recorded).toMatchObject({
    outcome: "quarantined",
    reason: "no-document-id",
    changed: ["docusign/a6"],
  });
  expect(await readContract(store.database, "docusign/a6")).not.toBeNull();
  expect(await wakeups("docusign/a6")).toBe(1);
  const [latest] = await readQuarantine(store, 1);
  expect(latest).toMatchObject({ id: recorded.deliveryId, reason: "no-document-id" });
});

it("leaves nothing behind when one of its parts fails", async () => {
  const broken = aFact("contract.sent", { occurredAt: "not a time" });
  const reports = {
    understood: true as const,
    reports: [
      { externalId: "b1", facts: [aFact("contract.sent")] },
      { externalId: "b2", facts: [broken] },
    ],
  };
  await expect(record(store, aDelivery("six"), reports)).rejects.toMatchObject({ code: "22007" });
  expect(await readContract(store.database, "docusign/b1")).toBeNull();
  expect(await wakeups("docusign/b1")).toBe(0);
  const { rows } = await store.database.query("select 1 from deliveries where body = $1", [
    Buffer.from("six"),
  ]);
  expect(rows).toEqual([]);
});

it("fails one bad delivery alone, whoever comes with it", async () => {
  const bad = aFact("contract.sent", { occurredAt: "not a time" });
  const ends = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      record(
        store,
        aDelivery(`neighbour ${index}`),
        aReport(`n${index}`, index === 7 ? bad : aFact("contract.sent")),
      ),
    ),
  );
  expect(ends.flatMap(({ status }, index) => (status === "rejected" ? [index] : []))).toEqual([7]);
  expect(await readContract(store.database, "docusign/n6")).toMatchObject({ version: 1 });
  expect(await readContract(store.database, "docusign/n7")).toBeNull();
});

it("fails one delivery alone over which our own code stumbles", async () => {
  const broken: Normalized = JSON.parse(
    '{ "understood": true, "reports": [{ "externalId": "o1", "facts": null }] }',
  );
  const ends = await Promise.allSettled([
    record(store, aDelivery("stumble 1"), aReport("o0", aFact("contract.sent"))),
    record(store, aDelivery("stumble 2"), broken),
    record(store, aDelivery("stumble 3"), aReport("o2", aFact("contract.sent"))),
  ]);
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

it("records everything about one contract that comes at once, from whatever process", async () => {
  await using other = await openTestStore({ schema: store.schema, keep: true });
  const ends = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      record(
        index % 2 ? store : other,
        aDelivery(`crowd ${index}`),
        aReport(
          "crowd",
          aFact("recipient.viewed", { recipient: String(index % 5), occurrence: String(index) }),
        ),
      ),
    ),
  );
  expect(ends.every(({ outcome }) => outcome === "recorded")).toBe(true);
  const events = await readEvents(store.database, "docusign/crowd");
  expect(events).toHaveLength(40);
  const stored = await readContract(store.database, "docusign/crowd");
  expect(stored).toMatchObject({ version: 40 });
  expect(stored?.contract).toEqual(
    fold({ id: "docusign/crowd", source: "docusign", externalId: "crowd" }, events),
  );
});

it("does not wait for itself when deliveries name the same contracts in other orders", async () => {
  const facts = [aFact("contract.sent")];
  const both = (first: string, second: string) => ({
    understood: true as const,
    reports: [first, second].map((externalId) => ({ externalId, facts })),
  });
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      record(store, aDelivery(`seven ${index}`), index % 2 ? both("c1", "c2") : both("c2", "c1")),
    ),
  );
  expect(await readContract(store.database, "docusign/c2")).toMatchObject({ version: 1 });
});

const foundBy = async (words: string) =>
  (await findContracts(store.database, words, 5)).map(({ contract }) => contract.externalId);

function named(title: string, minute: number) {
  return aFact("contract.noted", {
    note: "described",
    occurrence: title,
    occurredAt: `2026-05-04T09:0${minute}:00.000Z`,
    description: { title },
  });
}

it("finds a contract by what it is called now, through changes that rename nothing", async () => {
  await record(store, aDelivery("named"), aReport("renamed", named("Quarry rental", 1)));
  await record(store, aDelivery("sent"), aReport("renamed", aFact("contract.sent")));
  expect(await foundBy("quarry")).toEqual(["renamed"]);
  await record(store, aDelivery("renamed"), aReport("renamed", named("Harbour rental", 2)));
  expect(await foundBy("harbour")).toEqual(["renamed"]);
  expect(await foundBy("quarry")).toEqual([]);
});

it.each([
  ["words of the title", "lease MILL"],
  ["the beginning of a word", "leas"],
  ["beginnings of words", "leas mil"],
  ["a party's name", "reyes"],
  ["its id", "docusign/a1"],
  ["the provider's id", "a1"],
])("finds a contract by %s", async (_by, words) => {
  const found = await findContracts(store.database, words, 5);
  expect(found[0]?.contract.id).toBe("docusign/a1");
});

it.each(["nothing like it", "", "'", "mill & ! | lease:*", "\\"])(
  "survives looking for %s",
  async (words) => {
    await expect(findContracts(store.database, words, 5)).resolves.toBeInstanceOf(Array);
  },
);
