import { afterAll, beforeAll, expect, it } from "vitest";
import { noteSecretUse, readSecretUse, secretFingerprint } from "./secrets.ts";
import type { Store } from "./store.ts";
import { openTestStore } from "./testing/index.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => store.close());

const use = (source: string, secret: string, secretIndex: number, at: string) => ({
  source,
  fingerprint: secretFingerprint(secret),
  secretIndex,
  at: new Date(at),
});

it("remembers the first and the last use of a secret, whatever place it has", async () => {
  await noteSecretUse(store, [use("a", "old", 0, "2026-05-04T09:00:00Z")]);
  await noteSecretUse(store, [
    use("a", "new", 0, "2026-05-04T10:00:00Z"),
    use("a", "old", 1, "2026-05-04T09:30:00Z"),
    use("a", "old", 1, "2026-05-04T09:20:00Z"),
    use("b", "old", 0, "2026-05-04T11:00:00Z"),
  ]);
  await noteSecretUse(store, [use("a", "old", 0, "2026-05-04T08:59:00Z")]);
  const old = secretFingerprint("old");
  expect(await readSecretUse(store)).toEqual([
    {
      source: "a",
      fingerprint: secretFingerprint("new"),
      secretIndex: 0,
      firstUsedAt: "2026-05-04T10:00:00.000Z",
      lastUsedAt: "2026-05-04T10:00:00.000Z",
    },
    {
      source: "a",
      fingerprint: old,
      secretIndex: 1,
      firstUsedAt: "2026-05-04T08:59:00.000Z",
      lastUsedAt: "2026-05-04T09:30:00.000Z",
    },
    {
      source: "b",
      fingerprint: old,
      secretIndex: 0,
      firstUsedAt: "2026-05-04T11:00:00.000Z",
      lastUsedAt: "2026-05-04T11:00:00.000Z",
    },
  ]);
});

it("is noted by several receivers at once", async () => {
  const uses = ["x", "y", "z"].map((secret, index) =>
    use("c", secret, index, "2026-05-04T09:00:00Z"),
  );
  const noting = Array.from({ length: 20 }, (_, turn) =>
    noteSecretUse(store, turn % 2 ? uses : uses.toReversed()),
  );
  await expect(Promise.all(noting)).resolves.toHaveLength(20);
});

it("knows a secret by a fingerprint that does not show it", () => {
  expect(secretFingerprint("a-secret")).toMatch(/^[0-9a-f]{12}$/);
  expect(secretFingerprint("a-secret")).not.toBe(secretFingerprint("a-secret "));
});
