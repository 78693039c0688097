import { afterAll, beforeAll, expect, it } from "vitest";
import { noteFileContent, readContractFiles, saveContractFiles } from "./contract-files.ts";
import { record } from "./recording/record.ts";
import type { Store } from "./store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "./testing/index.ts";

let store: Store;
const contractId = "docusign/c-1";
const signed = { key: "signed", kind: "signed", title: null } as const;
const certificate = { key: "certificate", kind: "certificate", title: "Audit trail" } as const;
const content = { contentType: "application/pdf", size: 5_000_000_000, sha256: "ab".repeat(32) };

beforeAll(async () => {
  store = await openTestStore();
  await record(store, aDelivery("body"), aReport("c-1", aFact("contract.completed")));
});
afterAll(() => store.close());

it("keeps the list in the provider's order, and what a reading brought", async () => {
  expect(await readContractFiles(store, contractId)).toEqual([]);
  await saveContractFiles(store, contractId, [signed, certificate]);
  await noteFileContent(store, contractId, "signed", content);
  expect(await readContractFiles(store, contractId)).toEqual([
    { ...signed, content },
    { ...certificate, content: null },
  ]);
});

it("leaves what is known where the list is told again, and takes what is new", async () => {
  const annex = { key: "annex", kind: "signed", title: "Annex" } as const;
  await saveContractFiles(store, contractId, [signed, annex]);
  expect(await readContractFiles(store, contractId)).toMatchObject([
    { key: "signed", content },
    { key: "annex" },
    { key: "certificate" },
  ]);
});
