import { createLog } from "@countersign/service";
import { secretFingerprint, type SecretUse } from "@countersign/store";
import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { readSources } from "./config.ts";
import { createSecretsInUse, shareSecretUse } from "./secret-use.ts";

const at = new Date("2026-05-04T09:00:00Z");

function secretsInUse(secrets: string[]) {
  const registry = new Registry();
  const source = { name: "a", provider: "docusign", secrets, settings: {} };
  const inUse = createSecretsInUse(readSources([source], "c.yaml"), registry);
  const shown = async () => {
    const metric = await registry.getSingleMetric(name)?.get();
    return metric?.values.map(({ labels, value }) => [labels["secret"], value]);
  };
  return { inUse, shown };
}

const name = "countersign_secret_last_used_timestamp_seconds";
const log = createLog("receiver", "silent");

it("shows every configured secret, and what is remembered of it wherever it stood", async () => {
  const { inUse, shown } = secretsInUse(["new", "old"]);
  expect(await shown()).toEqual([
    ["1", 0],
    ["2", 0],
  ]);
  const stored = { source: "a", secretIndex: 0, firstUsedAt: "", lastUsedAt: at.toISOString() };
  inUse.learn([
    { ...stored, fingerprint: secretFingerprint("old") },
    { ...stored, fingerprint: secretFingerprint("gone") },
    { ...stored, source: "b", fingerprint: secretFingerprint("new") },
  ]);
  inUse.note("a", 0, new Date(at.getTime() + 1_000));
  inUse.note("a", 0, at);
  expect(await shown()).toEqual([
    ["1", at.getTime() / 1_000 + 1],
    ["2", at.getTime() / 1_000],
  ]);
});

it("writes each use down once, and again where it could not be written", async () => {
  const { inUse } = secretsInUse(["new", "old"]);
  const written: (readonly SecretUse[])[] = [];
  let isAway = true;
  const note = async (uses: readonly SecretUse[]) => {
    if (isAway) throw new Error("away");
    written.push(uses);
  };
  inUse.note("a", 1, at);
  const sharing = shareSecretUse(inUse, { note, read: async () => [] }, log);
  await new Promise((resolve) => setImmediate(resolve));
  isAway = false;
  await sharing[Symbol.asyncDispose]();
  expect(written).toEqual([
    [{ source: "a", fingerprint: secretFingerprint("old"), secretIndex: 1, at }],
  ]);
  expect(inUse.takeNews()).toEqual([]);
});
