import { afterAll, beforeAll, expect, it } from "vitest";
import { readContract } from "../contracts.ts";
import { follow } from "../queue/follow.ts";
import { wake } from "../queue/wake.ts";
import { readQuarantine } from "../quarantine.ts";
import { listReplayable } from "../replayable.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { readEvents } from "../events.ts";
import { record, replay } from "./record.ts";

let store: Store;
let quiet: Store;
beforeAll(async () => {
  store = await openTestStore();
  quiet = await openTestStore({
    keep: true,
    schema: store.schema,
    recording: { quiet: ["slack"] },
  });
});
afterAll(async () => {
  await quiet.close();
  await store.close();
});

it("takes a delivery out of quarantine when it is understood at last, and proves its facts once", async () => {
  const delivery = aDelivery("{odd}");
  const kept = await record(store, delivery, { understood: false, reason: "no-event" });
  const understood = aReport("odd-1", aFact("contract.sent"));
  const replayed = { ...delivery, via: "replay" as const };
  expect(
    await replay(store, kept.deliveryId, replayed, { understood: false, reason: "still" }),
  ).toMatchObject({
    outcome: "quarantined",
  });
  expect(await readQuarantine(store, 9)).toMatchObject([
    { id: kept.deliveryId, reason: "no-event" },
  ]);
  const inPart = { ...aReport("odd-0", aFact("contract.sent")), unread: "half" };
  expect(await replay(store, kept.deliveryId, replayed, inPart)).toMatchObject({
    outcome: "quarantined",
    changed: ["docusign/odd-0"],
  });
  expect(await readQuarantine(store, 9)).toHaveLength(1);
  expect(await replay(store, kept.deliveryId, replayed, understood)).toEqual({
    outcome: "recorded",
    deliveryId: kept.deliveryId,
    changed: ["docusign/odd-1"],
  });
  expect(await readQuarantine(store, 9)).toEqual([]);
  expect(await replay(store, kept.deliveryId, replayed, understood)).toMatchObject({ changed: [] });
  expect(await readEvents(store.database, "docusign/odd-1")).toMatchObject([{ via: "replay" }]);
});

it("lists what can be replayed in the order in which it came", async () => {
  const source = "replays";
  const first = await record(store, aDelivery("1", { source }), { understood: false, reason: "x" });
  const second = await record(
    store,
    aDelivery("2", { source }),
    aReport("r-2", aFact("contract.sent")),
  );
  const all = await listReplayable(store, { quarantined: false, source }, "0", 10);
  expect(all).toMatchObject([
    { id: first.deliveryId, outcome: "quarantined", request: { method: "POST" } },
    { id: second.deliveryId, outcome: "recorded" },
  ]);
  expect(await listReplayable(store, { quarantined: true, source }, "0", 10)).toHaveLength(1);
  expect(
    await listReplayable(store, { quarantined: false, source }, first.deliveryId, 10),
  ).toHaveLength(1);
  expect(
    await listReplayable(store, { quarantined: false, id: second.deliveryId }, "0", 10),
  ).toHaveLength(1);
});

it("does not tell a quiet destination of what is recorded, and tells the others", async () => {
  const seen: string[] = [];
  const see =
    (who: string) =>
    async ({ contract }: { contract: { id: string } }) => {
      seen.push(`${who} ${contract.id}`);
      return "called" as const;
    };
  const behind = aReport("behind", aFact("contract.sent"));
  await record(store, aDelivery("b1"), behind);
  const slackAway = await follow(store, "slack", see("slack"), { concurrency: 5 });
  await slackAway.stop();
  seen.length = 0;

  await record(quiet, aDelivery("q1"), aReport("q-1", aFact("contract.sent")));
  await record(store, aDelivery("b2"), aReport("behind", aFact("contract.viewed")));
  await record(quiet, aDelivery("b3"), aReport("behind", aFact("contract.completed")));
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await record(quiet, aDelivery("q2"), aReport("q-2", aFact("contract.sent")));
  const slack = await follow(store, "slack", see("slack"), { concurrency: 5 });
  const crm = await follow(store, "hubspot", see("hubspot"), { concurrency: 5 });
  await expect.poll(() => seen).toContain("hubspot docusign/q-1");
  await expect.poll(() => seen).toContain("slack docusign/behind");
  await record(store, aDelivery("q3"), aReport("q-1", aFact("contract.viewed")));
  await expect.poll(() => seen).toContain("slack docusign/q-1");
  expect(seen.filter((one) => one === "slack docusign/q-1")).toHaveLength(1);
  expect(seen).not.toContain("slack docusign/q-2");
  expect((await readContract(store.database, "docusign/behind"))?.contract.status).toBe(
    "completed",
  );
  await Promise.all([slack.stop(), crm.stop()]);
});

it("keeps it from a quiet destination also where others ask for a look, until it changes", async () => {
  const seen: string[] = [];
  const currents: string[] = [];
  const slack = await follow(
    store,
    "slack",
    async ({ contract }) => {
      seen.push(contract.id);
      return "called";
    },
    {
      concurrency: 5,
      onOutcome: ({ contractId, outcome }) =>
        void (outcome === "current" && currents.push(contractId)),
    },
  );
  const askedInVain = async (times: number) => {
    await wake(store, "slack", ["docusign/hush"]);
    await expect.poll(() => currents.filter((id) => id === "docusign/hush")).toHaveLength(times);
  };
  await record(quiet, aDelivery("h1"), aReport("hush", aFact("contract.sent")));
  await askedInVain(1);
  await record(quiet, aDelivery("h2"), aReport("hush", aFact("contract.viewed")));
  await askedInVain(2);
  expect(seen).not.toContain("docusign/hush");

  await record(store, aDelivery("h3"), aReport("hush", aFact("contract.completed")));
  await expect.poll(() => seen.filter((id) => id === "docusign/hush")).toHaveLength(1);
  await wake(store, "slack", ["docusign/hush"]);
  await expect.poll(() => seen.filter((id) => id === "docusign/hush")).toHaveLength(2);
  await slack.stop();
});
