import type { Answer, Contract } from "@countersign/core";
import { http, SettingsError, type SourceSettings } from "@countersign/service";
import { startSandbox, type Sandbox } from "@countersign/sandbox";
import {
  claimEffect,
  readContract,
  readEffects,
  releaseEffect,
  type Store,
} from "@countersign/store";
import { aDelivery, aReport, openTestStore } from "@countersign/store/testing";
import { providerById } from "@countersign/core";
import { record } from "@countersign/store";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sources } from "../ports.ts";
import { openSources } from "../sources.ts";
import { described, signing } from "../testing/contracts.ts";
import { remind } from "./remind.ts";

let store: Store;
let sandbox: Sandbox;
let ahead = 0;
const now = () => new Date(Date.now() + ahead);

beforeAll(async () => {
  store = await openTestStore({ now });
  sandbox = await startSandbox({ port: 0, receiverPort: 1 });
});
beforeEach(() => {
  ahead = 0;
});
afterAll(async () => {
  await sandbox.stop();
  await store.close();
});

function sourceOf(name: string, provider: string, access: boolean): SourceSettings {
  const base = `${sandbox.url}/providers/${provider}/api`;
  const given = providerById(provider)?.vendorSide.access?.(base);
  const settings = { name, provider, secrets: ["s"], settings: {} };
  return access ? { ...settings, access: Object(given) } : settings;
}

/** A contract that the vendor's side has, as we know it. */
async function known(source: string, externalId: string): Promise<Contract> {
  const report = aReport(externalId, described(), signing.sent);
  const delivery = aDelivery(externalId, { source, provider: source, receivedAt: now() });
  await record(store, delivery, report);
  const stored = await readContract(store.database, `${source}/${externalId}`);
  if (stored === null) throw new Error(`There is no contract ${externalId}.`);
  return stored.contract;
}

function sendAt(provider: string): string {
  const signers = [{ name: "Ann Lee", email: "ann@example.com" }];
  return sandbox.desk.send(provider, { title: "Mill lease", signers }).walk.externalId;
}

/** Sources whose one provider answers as told, and counts how often it is asked. */
function answering(answer: () => Promise<Answer<null>>): Sources & { calls: number } {
  const sources = {
    calls: 0,
    names: ["docusign"],
    providerOf: () => ({ id: "docusign", title: "DocuSign" }),
    canRemind: () => true,
    remind: async () => {
      sources.calls += 1;
      return answer();
    },
  };
  return sources;
}

const ok = async () => ({ outcome: "ok", value: null }) as const;

describe("through the vendors' own APIs", () => {
  it.each(["docusign", "ziasign", "dropbox-sign", "pandadoc", "documenso", "adobe-sign"])(
    "%s reminds",
    async (provider) => {
      const sources = openSources([sourceOf(provider, provider, true)], { http, now }, "a.yaml");
      const contract = await known(provider, sendAt(provider));
      expect(sources.canRemind(provider)).toBe(true);
      const reminded = await remind({ store, sources }, contract, "U1");
      expect(reminded).toEqual({ kind: "sent", whom: ["Ann Lee"] });
      const [effect] = await readEffects(store, contract.id, provider);
      expect(effect).toMatchObject({
        kind: "remind",
        status: "done",
        target: contract.externalId,
        plan: { by: "U1", whom: ["Ann Lee"] },
      });
    },
    30_000,
  );

  it("gives the vendor's own reason", async () => {
    const sources = openSources([sourceOf("docusign", "docusign", true)], { http, now }, "a.yaml");
    const contract = await known("docusign", "docusign-does-not-know-it");
    const reminded = await remind({ store, sources }, contract, "U1");
    expect(reminded).toEqual({ kind: "missing" });
  });

  it("cannot where there are no credentials, no such call, or no such source", async () => {
    const given = [sourceOf("docusign", "docusign", false), sourceOf("docuseal", "docuseal", true)];
    const sources = openSources(given, { http, now }, "a.yaml");
    expect(sources.providerOf("docuseal")).toEqual({ id: "docuseal", title: "DocuSeal" });
    expect(sources.providerOf("gone")).toBeNull();
    for (const source of ["docusign", "docuseal", "gone"]) {
      expect(sources.canRemind(source), source).toBe(false);
      const contract = await known(source, `${source}-1`);
      expect(await remind({ store, sources }, contract, "U1")).toEqual({ kind: "impossible" });
    }
  });

  it("names credentials that cannot be used", () => {
    const broken = { ...sourceOf("docusign", "docusign", true), access: { baseUrl: 7 } };
    expect(() => openSources([broken], { http, now }, "a.yaml")).toThrow(SettingsError);
    expect(() => openSources([broken], { http, now }, "a.yaml")).toThrow(
      'a.yaml: source "docusign": access',
    );
  });
});

describe("once", () => {
  it("in four hours, and again after them", async () => {
    const sources = answering(ok);
    const contract = await known("docusign", "once");
    const ask = (by: string) => remind({ store, sources }, contract, by);
    expect(await ask("U1")).toMatchObject({ kind: "sent" });
    expect(await ask("U2")).toMatchObject({ kind: "too-soon", by: "U1" });
    ahead = 4 * 3_600_000;
    expect(await ask("U2")).toMatchObject({ kind: "sent" });
    expect(sources.calls).toBe(2);
  });

  it("under the key of one whose claim was given back", async () => {
    const sources = answering(ok);
    const contract = await known("docusign", "given back");
    const key = `remind/${contract.id}/1`;
    const about = { destination: "docusign", contractId: contract.id, target: "given back" };
    const plan = { by: "U1", whom: [] };
    const { effect } = await claimEffect(store, { ...about, key, kind: "remind", plan });
    await releaseEffect(store, effect);
    expect(await remind({ store, sources }, contract, "U2")).toMatchObject({ kind: "sent" });
    expect(await remind({ store, sources }, contract, "U1")).toMatchObject({ by: "U2" });
    const effects = await readEffects(store, contract.id, "docusign");
    expect(effects).toMatchObject([{ key, status: "done" }]);
    expect(sources.calls).toBe(1);
  });

  it("when twenty ask at the same moment", async () => {
    const sources = answering(ok);
    const contract = await known("docusign", "crowd");
    const asking = Array.from({ length: 20 }, (_, n) =>
      remind({ store, sources }, contract, `U${n}`),
    );
    const ends = (await Promise.all(asking)).map(({ kind }) => kind);
    expect(ends.filter((kind) => kind === "sent")).toHaveLength(1);
    expect(sources.calls).toBe(1);
    expect(new Set(ends)).not.toContain("no-answer");
  });

  it.each<[string, () => Promise<Answer<null>>, object, number]>([
    [
      "refuses",
      async () => ({ outcome: "refused", code: "x", message: "Too many." }),
      { kind: "refused", reason: "Too many." },
      2,
    ],
    [
      "asks to wait",
      async () => ({ outcome: "later", seconds: 90 }),
      { kind: "later", seconds: 90 },
      2,
    ],
    [
      "takes no credentials",
      async () => ({ outcome: "unauthorized", message: "no" }),
      { kind: "unauthorized" },
      2,
    ],
    ["does not answer", async () => Promise.reject(new Error("reset")), { kind: "no-answer" }, 1],
  ])(
    "and tried again where the provider %s only if it was not sent",
    async (name, answer, end, calls) => {
      const sources = answering(answer);
      const contract = await known("docusign", `ends ${name}`);
      expect(await remind({ store, sources }, contract, "U1")).toEqual(end);
      await remind({ store, sources }, contract, "U1");
      expect(sources.calls).toBe(calls);
      const effects = await readEffects(store, contract.id, "docusign");
      expect(effects.map(({ status }) => status)).toEqual(Array(calls).fill("failed"));
    },
  );
});
