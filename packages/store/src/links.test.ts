import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { readTies, removeLink, retieLinks, saveLink } from "./links.ts";
import type { Store } from "./store.ts";
import { openTestStore } from "./testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(() => store.database.query("truncate links"));
afterAll(() => store.close());

const found = { foundBy: "rule", certainty: 0.9, detail: "the account" } as const;
const tie = (contractId: string, recordId: string, destination = "hubspot") =>
  saveLink(store, { contractId, destination, recordId, ...found });
const tiesOf = async (contractId: string) => {
  const { links, removed } = await readTies(store, contractId);
  const told = ({ recordId, formerIds }: (typeof removed)[number]) => ({ recordId, formerIds });
  return { links: links.map(told), removed: removed.map(told) };
};

it("ties to a record all that was tied to those that became it, and keeps how each tie was found", async () => {
  await tie("a", "1");
  await tie("b", "2");
  await removeLink(store, { contractId: "b", destination: "hubspot", detail: "Mara" });
  await tie("c", "4");
  await tie("d", "1", "salesforce");
  await retieLinks(store, "hubspot", { recordId: "3", formerIds: ["1", "2"] });
  const merged = { recordId: "3", formerIds: ["1", "2"] };
  expect((await readTies(store, "a")).links).toMatchObject([{ ...found, ...merged }]);
  expect(await tiesOf("b")).toEqual({ links: [], removed: [merged] });
  expect(await tiesOf("c")).toEqual({ links: [{ recordId: "4" }], removed: [] });
  expect(await tiesOf("d")).toEqual({ links: [{ recordId: "1" }], removed: [] });
});

it("knows every id that a record has had, until the contract is tied to another", async () => {
  await tie("a", "1");
  await retieLinks(store, "hubspot", { recordId: "3", formerIds: ["1", "2"] });
  await retieLinks(store, "hubspot", { recordId: "5", formerIds: ["3", "4"] });
  const merged = { recordId: "5", formerIds: ["1", "2", "3", "4"] };
  expect((await tiesOf("a")).links).toEqual([merged]);
  await tie("a", "5");
  expect((await tiesOf("a")).links).toEqual([merged]);
  await tie("b", "5");
  await retieLinks(store, "hubspot", { recordId: "5", formerIds: ["3", "4"] });
  expect((await tiesOf("b")).links).toEqual([{ recordId: "5", formerIds: ["3", "4"] }]);
  await tie("a", "6");
  expect((await tiesOf("a")).links).toEqual([{ recordId: "6" }]);
});
