import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { cutFiles, type Normalized } from "@countersign/core";
import { readContract } from "../contracts.ts";
import type { Delivery } from "../deliveries.ts";
import { readEvents } from "../events.ts";
import { readQuarantine } from "../quarantine.ts";
import { forgetDeliveries } from "../forget-deliveries.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { countUnread, type UnreadDelivery } from "../unread.ts";
import { readUp, record, recordOrKeep } from "./record.ts";

let store: Store;
let second: Store;
beforeAll(async () => {
  store = await openTestStore({ recording: { keptFrom: 2, keptAfterMs: 0, writers: 1 } });
  second = await openTestStore({ keep: true, schema: store.schema });
});
afterAll(async () => {
  await second.close();
  await store.close();
});
beforeEach(async () => {
  await store.database.query("truncate unread");
});

/** What the bodies of these tests say: `<contract> <title>`, or what cannot be understood or stored. */
function say(body: Uint8Array): Normalized {
  const [contract = "", title = ""] = Buffer.from(body).toString("utf8").split(" ");
  if (contract === "odd") return { understood: false, reason: "odd" };
  if (contract === "half") {
    return { ...aReport(contract, aFact("contract.sent")), unread: "half of it" };
  }
  const description = title === "" ? null : { title: title === "nul" ? "a\u0000b" : title };
  return aReport(contract, aFact("contract.sent", { description }));
}

function keep(...bodies: string[]) {
  return Promise.all(
    bodies.map((body) => {
      const delivery = aDelivery(body);
      return recordOrKeep(store, delivery, () => say(delivery.request.body));
    }),
  );
}

function readKept({ source, request, ...kept }: UnreadDelivery) {
  const delivery: Delivery = { ...aDelivery("", { source }), ...kept, request };
  return { delivery, normalized: say(request.body) };
}

const readSome = (by = store) => readUp(by, readKept, ["docusign"]);

it("keeps what comes together unread, and makes the contracts of it later", async () => {
  const kept = await keep("u1", "u2", "u2 Lease");
  expect(kept.map(({ outcome }) => outcome)).toEqual(["kept", "kept", "kept"]);
  expect(await readContract(store.database, "docusign/u1")).toBeNull();
  expect(await countUnread(store)).toBe(3);

  const ends = new Map((await readSome()).map((end) => [end.deliveryId, end]));
  const changed = ["docusign/u1", "docusign/u2", "docusign/u2"];
  for (const [index, { deliveryId }] of kept.entries()) {
    expect(ends.get(deliveryId)).toMatchObject({ outcome: "recorded", changed: [changed[index]] });
  }
  expect(await countUnread(store)).toBe(0);
  expect(await readContract(store.database, "docusign/u2")).toMatchObject({
    contract: { title: "Lease", status: "sent" },
  });
  expect(await readSome()).toEqual([]);
});

it("makes the same of a delivery, read at once or later", async () => {
  await keep("later Lease", "other");
  await readSome();
  const delivery = aDelivery("at-once Lease");
  await record(store, delivery, say(delivery.request.body));
  const [later, atOnce] = await Promise.all(
    ["later", "at-once"].map((id) => readEvents(store.database, `docusign/${id}`)),
  );
  const comparable = (events = later) =>
    events?.map(({ id: _id, contractId: _contractId, ...rest }) => rest);
  expect(comparable(later)).toEqual(comparable(atOnce));
});

it("reads what comes alone at once", async () => {
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await keep("alone")).toMatchObject([{ outcome: "recorded" }]);
});

it("reads what is large at once, whatever comes with it", async () => {
  const outcomes = await keep("large", `large-2 ${"x".repeat(100_000)}`);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["recorded", "recorded"]);
});

it("keeps the same bytes once", async () => {
  const first = await keep("twice", "twice");
  const again = await keep("twice", "thrice");
  expect([...first, ...again].map(({ outcome }) => outcome)).toEqual([
    "kept",
    "duplicate",
    "duplicate",
    "kept",
  ]);
  expect(await countUnread(store)).toBe(2);
});

it("puts in quarantine what is not understood, and what cannot be stored, and nothing beside it", async () => {
  const kept = await keep("q1", "odd", "q2 nul", "q3", "q4", "half");
  const ends = [];
  for (let some = await readSome(); some.length > 0; some = await readSome()) ends.push(...some);
  const outcomes = new Map(ends.map((end) => [end.deliveryId, end.outcome]));
  expect(kept.map(({ deliveryId }) => outcomes.get(deliveryId))).toEqual([
    "recorded",
    "quarantined",
    "quarantined",
    "recorded",
    "recorded",
    "quarantined",
  ]);
  const reasons = (await readQuarantine(store, 9)).map(({ id, reason }) => [id, reason]);
  expect(new Map(reasons.map(([id = "", reason]) => [id, reason]))).toEqual(
    new Map([
      [kept[1]?.deliveryId, "odd"],
      [kept[2]?.deliveryId, "could not be stored"],
      [kept[5]?.deliveryId, "half of it"],
    ]),
  );
  expect(await readContract(store.database, "docusign/half")).not.toBeNull();
  expect(await readContract(store.database, "docusign/q4")).not.toBeNull();
});

it("leaves what a source that it does not know sent", async () => {
  await keep("left", "left-2");
  expect(await readUp(store, readKept, ["pandadoc"])).toEqual([]);
  expect(await countUnread(store)).toBe(2);
});

it("gives nobody what another process is reading", async () => {
  const bodies = Array.from({ length: 40 }, (_, index) => `shared-${index}`);
  await keep(...bodies);
  const ends = (
    await Promise.all([readSome(), readSome(second), readSome(), readSome(second)])
  ).flat();
  expect(new Set(ends.map(({ deliveryId }) => deliveryId)).size).toBe(40);
  expect(ends).toHaveLength(40);
});

it("gives a file back to a body that was kept without it", async () => {
  const file = Buffer.alloc(6_000, "pdf").toString("base64");
  expect(cutFiles(Buffer.from(file)).files).toHaveLength(1);
  await keep(`with-file ${file}`, "with-file-2");
  const bodies: string[] = [];
  await readUp(
    store,
    (kept) => {
      bodies.push(Buffer.from(kept.request.body).toString("utf8"));
      return readKept(kept);
    },
    ["docusign"],
  );
  expect(bodies).toEqual([`with-file ${file}`, "with-file-2"]);
});

it("forgets no body that nobody has read", async () => {
  await keep("unforgotten", "unforgotten-2");
  await forgetDeliveries(store, new Date(Date.now() + 1_000));
  expect(await readSome()).toHaveLength(2);
  expect(await forgetDeliveries(store, new Date(Date.now() + 1_000))).toBeGreaterThan(1);
});
