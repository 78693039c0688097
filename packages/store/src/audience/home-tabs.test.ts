import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { saveDeal, type StoredDeal } from "../deals.ts";
import { removeLink, saveLink } from "../links.ts";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import {
  forgetHomeTabs,
  openHomeTab,
  readHomeTab,
  redrawHomeTab,
  releaseHomeTab,
  takeStaleHomeTabs,
} from "./home-tabs.ts";
import { saveSettings } from "./people.ts";
import { quiet } from "./quieted.ts";

let store: Store;
let now = new Date("2026-05-04T09:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
  await change("lease", "dana@northgate.example");
  await change("other", "noor@northgate.example");
});
afterAll(async () => store.close());

let times = 0;
async function change(id: string, email: string, signer = "ann@example.com") {
  const description = { sender: { email }, recipients: [{ key: "1", email: signer }] };
  const viewed = aFact("contract.viewed", { occurrence: String((times += 1)) });
  const said = aFact("contract.noted", { occurrence: "said", description });
  await record(store, aDelivery(`${id} ${times}`), aReport(id, viewed, said));
}

const dana = { workspace: "T1", userId: "U1" };

beforeEach(async () => {
  pass(60);
  const tab = { ...dana, email: "Dana@Northgate.example", page: 2, drawnAt: now, hash: "1" };
  await openHomeTab(store, { ...tab, drawn: "a" });
  pass(10);
});

function pass(seconds: number) {
  now = new Date(now.getTime() + seconds * 1_000);
}

/** Whose tabs are stale, of those opened in the last five minutes. */
async function stale() {
  const tabs = await takeStaleHomeTabs(store, new Date(now.getTime() - 300_000), 10);
  return tabs.map(({ userId, page }) => [userId, page]);
}

const deal: StoredDeal = {
  destination: "hubspot",
  recordId: "1001",
  name: "Lease",
  amount: 9_000,
  currency: "EUR",
  stage: "Sent",
  pipeline: null,
  account: null,
  ownerEmail: "dana@northgate.example",
  url: null,
};

it("are fresh while nothing has changed, or only what others see", async () => {
  await change("other", "noor@northgate.example");
  await saveSettings(store, { ...dana, userId: "U9" }, {});
  expect(await stale()).toEqual([]);
});

it.each<[string, () => Promise<unknown>]>([
  ["a contract", () => change("lease", "dana@northgate.example")],
  [
    "somebody's contract that they are to sign",
    () => change("order", "noor@northgate.example", "DANA@northgate.example"),
  ],
  ["what they want to hear", () => saveSettings(store, dana, { ownActions: true })],
  [
    "what they are not to hear of",
    () =>
      quiet(store, {
        workspace: "T1",
        audience: "U1",
        contractId: "docusign/lease",
        until: null,
        madeBy: "U1",
      }),
  ],
  [
    "a deal that they own, of somebody else's contract",
    async () => {
      await saveLink(store, {
        contractId: "docusign/other",
        destination: "hubspot",
        recordId: "1001",
        foundBy: "person",
        certainty: 1,
        detail: "U1",
      });
      pass(20);
      await saveDeal(store, deal);
    },
  ],
  ["the contract of that deal", () => change("other", "noor@northgate.example")],
  [
    "its tie",
    () => removeLink(store, { contractId: "docusign/other", destination: "hubspot", detail: "U1" }),
  ],
])("are stale once by a change of %s", async (_, act) => {
  await act();
  pass(6);
  const taken = await Promise.all([stale(), stale()]);
  expect(taken.flat()).toEqual([["U1", 2]]);
  pass(10);
  expect(await stale()).toEqual([]);
});

it("are looked at again when a transaction may have been under way", async () => {
  await change("lease", "dana@northgate.example");
  pass(1);
  expect(await stale()).toHaveLength(1);
  pass(2);
  expect(await stale()).toHaveLength(1);
});

it("are nobody's care when they were opened long ago", async () => {
  await change("lease", "dana@northgate.example");
  pass(300);
  expect(await stale()).toEqual([]);
});

it("are stale again when they could not be drawn", async () => {
  await change("lease", "dana@northgate.example");
  pass(10);
  const [tab] = await takeStaleHomeTabs(store, new Date(now.getTime() - 300_000), 10);
  expect(await stale()).toEqual([]);
  if (tab !== undefined) await releaseHomeTab(store, tab);
  pass(10);
  expect(await stale()).toHaveLength(1);
});

it("are kept with what they show, and forgotten", async () => {
  await redrawHomeTab(store, { ...dana, email: "Dana@New.example", hash: "2", drawn: "b" });
  const tab = await readHomeTab(store, dana);
  expect(tab).toMatchObject({ email: "dana@new.example", page: 2, hash: "2", drawn: "b" });
  expect(await forgetHomeTabs(store, now)).toBe(1);
  expect(await readHomeTab(store, dana)).toBeNull();
});
