import { afterAll, beforeAll, expect, it } from "vitest";
import { readContractsOf, readContractsWith } from "./contracts-of-person.ts";
import { saveDeal } from "./deals.ts";
import { removeLink, saveLink } from "./links.ts";
import { record } from "./recording/record.ts";
import type { Store } from "./store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

let store: Store;
let now = new Date("2026-05-04T09:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
  await keep("lease", "contract.sent", "Dana@Northgate.example");
  await keep("nda", "contract.viewed", "noor@northgate.example");
  await keep("offer", "contract.completed", "dana@northgate.example");
  await saveDeal(store, {
    destination: "hubspot",
    recordId: "1001",
    name: null,
    amount: null,
    currency: null,
    stage: null,
    pipeline: null,
    account: null,
    ownerEmail: "Dana@northgate.example",
    url: null,
  });
  for (const contractId of ["docusign/nda", "docusign/lease"]) {
    await saveLink(store, {
      contractId,
      destination: "hubspot",
      recordId: "1001",
      foundBy: "person",
      certainty: 1,
      detail: "U1",
    });
  }
});
afterAll(async () => store.close());

async function keep(id: string, type: Parameters<typeof aFact>[0], email: string) {
  now = new Date(now.getTime() + 60_000);
  const said = aFact("contract.noted", { occurrence: "said", description: { sender: { email } } });
  await record(store, aDelivery(id), aReport(id, aFact(type), said));
}

async function of(statuses: Parameters<typeof readContractsOf>[2]["statuses"], since?: Date) {
  const filter = since === undefined ? { statuses } : { statuses, changedSince: since };
  const found = await readContractsOf(store, "DANA@northgate.example", filter, 10);
  return found.map(({ contract }) => contract.externalId);
}

it("are those that they sent or whose deal they own, each once, the latest changed first", async () => {
  expect(await of(["sent", "viewed"])).toEqual(["nda", "lease"]);
  expect(await of(["completed"])).toEqual(["offer"]);
  expect(await of(["sent", "viewed"], new Date("2026-05-04T09:02:00Z"))).toEqual(["nda"]);
  const one = await readContractsOf(store, "dana@northgate.example", { statuses: ["viewed"] }, 1);
  expect(one).toHaveLength(1);
});

it("are no more theirs by a tie that was taken away", async () => {
  const tie = { contractId: "docusign/nda", destination: "hubspot", detail: "U1" };
  await removeLink(store, tie);
  expect(await of(["sent", "viewed"])).toEqual(["lease"]);
});

it("with them are out for signature, and name their very address among the recipients", async () => {
  const recipients = [{ key: "1", email: "Ann.Lee@Harbor.example" }];
  const said = aFact("contract.noted", { occurrence: "said", description: { recipients } });
  const others = aFact("contract.noted", {
    occurrence: "said",
    description: { title: "lee ann harbor example", recipients: [{ key: "1", email: "ann@lee" }] },
  });
  await record(store, aDelivery("order"), aReport("order", aFact("contract.sent"), said));
  await record(store, aDelivery("old"), aReport("old", aFact("contract.completed"), said));
  await record(store, aDelivery("draft"), aReport("draft", aFact("contract.created"), said));
  await record(store, aDelivery("words"), aReport("words", aFact("contract.sent"), others));
  const found = await readContractsWith(store, "ann.lee@HARBOR.example", 10);
  expect(found.map(({ contract }) => contract.externalId)).toEqual(["order"]);
  expect(await readContractsWith(store, "'@!", 10)).toEqual([]);
});
