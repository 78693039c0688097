import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../store.ts";
import { openTestStore } from "../testing/index.ts";
import {
  readInstallation,
  readInstallations,
  removeInstallation,
  saveInstallation,
} from "./installations.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => store.close());

it("keeps what is sealed byte for byte, the latest of each workspace", async () => {
  await saveInstallation(store, "T2", Buffer.from([9]));
  await saveInstallation(store, "T1", Buffer.from([1, 0, 255]));
  await saveInstallation(store, "T2", Buffer.from([8]));
  const read = await readInstallation(store, "T1");
  expect([...(read?.sealed ?? [])]).toEqual([1, 0, 255]);
  expect((await readInstallations(store)).map(({ id, sealed }) => [id, ...sealed])).toEqual([
    ["T1", 1, 0, 255],
    ["T2", 8],
  ]);
  expect(await removeInstallation(store, "T1")).toBe(true);
  expect(await readInstallation(store, "T1")).toBeNull();
  expect(await removeInstallation(store, "T1")).toBe(false);
});
