import { saveUnmatched, type Store } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { aContract } from "../testing/contracts.ts";
import { learnChoice } from "./learn-choice.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  await store.queue.createQueue("hubspot");
});
afterAll(async () => store.close());

const crm = {
  id: "hubspot",
  matching: {
    settings: { certain: 0.75, margin: 0.15, ignoreDomains: [] },
    search: {
      find: async () => ({ deals: [], complete: true }),
      accountOf: async () => ({ id: "c1", name: "Bluefin", domain: null }),
    },
  },
};

it("wakes those that wait also where the choice was cut off before they were woken", async () => {
  const from = (name: string) =>
    aContract(store, { recipients: [{ key: "1", email: `${name}@bluefin.example` }] });
  const { contract } = await from("ana").happened("contract.sent");
  const { contract: other } = await from("cfo").happened("contract.sent");
  for (const { id } of [contract, other]) {
    await saveUnmatched(store, {
      contractId: id,
      destination: crm.id,
      evidence: "",
      domains: ["bluefin.example"],
      candidates: [],
    });
  }
  const cut = vi.spyOn(store.queue, "insert").mockRejectedValueOnce(new Error("cut off"));
  await expect(learnChoice(store, crm, contract, "7")).rejects.toThrow("cut off");
  expect(cut).toHaveBeenCalledOnce();
  await learnChoice(store, crm, contract, "7");
  await learnChoice(store, crm, contract, "7");
  const jobs = await store.queue.fetch(crm.id, { batchSize: 10 });
  expect(jobs.map(({ data }) => data)).toEqual([{ contractId: other.id }]);
});
