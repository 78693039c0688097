import { createHash } from "node:crypto";
import {
  CredentialError,
  PermanentError,
  readContractFiles,
  RetryLater,
  saveLink,
  tryAgain,
} from "@countersign/store";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { counterpart as hubspot } from "../crms/hubspot/counterpart.ts";
import { crmKinds } from "../crms/index.ts";
import { counterpart as salesforce } from "../crms/salesforce/counterpart.ts";
import type { Prism } from "../testing/counterpart.ts";
import { eachOnce, openFilesBench, title, type FilesBench } from "../testing/files-bench.ts";
import { filesDestination } from "./ports.ts";

const counterparts = { hubspot, salesforce };
const page = { status: 200, headers: { "content-type": "text/html" }, body: "<html>" };

describe.each(crmKinds.map(({ id }) => id))("%s", (id) => {
  const counterpart = counterparts[id];
  const { deal } = counterpart;
  const stack = new AsyncDisposableStack();
  let bench: FilesBench;
  let prism: Prism;

  beforeAll(async () => {
    bench = await openFilesBench(id, counterpart, stack);
    prism = stack.use(await counterpart.judge(bench.url));
  }, 60_000);
  beforeEach(() => bench.reset(prism.url));
  afterAll(() => stack.disposeAsync());

  it("attaches the signed document and the certificate, byte for byte, and notes each milestone", async () => {
    const stored = await bench.completed();
    expect(await bench.bring(stored)).toBe("called");
    expect(bench.hung()).toEqual(eachOnce);
    const files = await readContractFiles(bench.store, stored.contract.id);
    expect(files.map(({ content }) => [content?.sha256, content?.size])).toEqual(
      bench.attached().files.map(({ sha256, size }) => [sha256, size]),
    );
    const [signed] = files;
    const effects = await bench.effectsOf(stored);
    const note = { kind: "note.add", status: "done", target: deal };
    const file = { kind: "file.attach", status: "done", target: deal };
    expect(effects).toMatchObject([
      { ...note, after: { subject: `Contract sent: ${title}` } },
      { ...note, after: { subject: `Contract completed: ${title}` } },
      { ...file, after: { kind: "signed", sha256: signed?.content?.sha256 } },
      { ...file, after: { kind: "certificate" } },
    ]);
    const ids = [...bench.attached().files, ...bench.attached().notes].map((one) => one.id);
    expect(ids).toEqual(expect.arrayContaining(effects.map(({ outsideId }) => outsideId)));
  });

  it("takes up what had got half way when a person has it tried again", async () => {
    const stored = await bench.completed();
    const lastPart = id === "hubspot" ? 4 : 3;
    const { status, body } = counterpart.refusal;
    bench.atWrite(lastPart, { kind: "answer", status, body, on: "write" });
    await expect(bench.bring(stored)).rejects.toThrow(PermanentError);
    expect(bench.hung().files).toEqual(["certificate"]);
    await tryAgain(bench.store, filesDestination({ id }), [stored.contract.id]);
    expect(await bench.bring(stored)).toBe("called");
    expect(bench.hung()).toMatchObject({ stored: eachOnce.stored, notes: eachOnce.notes });
    expect(bench.hung().files).toHaveLength(eachOnce.files.length);
    expect(bench.hung().files).toEqual(expect.arrayContaining(eachOnce.files));
    expect((await bench.effectsOf(stored)).map(({ status }) => status)).toContain("failed");
  });

  it("does nothing the next times, and asks nobody", async () => {
    const stored = await bench.completed();
    await bench.bring(stored);
    const [calls, asked] = [bench.fake.calls().length, bench.vendor.asked()];
    for (let times = 0; times < 5; times += 1) {
      expect(await bench.bring(stored)).toBe("not-called");
    }
    expect([bench.fake.calls().length, bench.vendor.asked()]).toEqual([calls, asked]);
  });

  it("shows as text what looks like markup", async () => {
    await bench.bring(await bench.completed());
    const texts = bench.attached().notes.map(({ text }) => text);
    const shown = {
      hubspot: "Lease &lt;b&gt;2027&lt;/b&gt; &amp; &quot;Co&quot;",
      salesforce: title,
    };
    expect(texts.filter((text) => text.includes(shown[id]))).toEqual(texts);
  });

  it("hangs them on the other deal too when the contract is tied to another", async () => {
    const [other = ""] = bench.fake.addDeals(1);
    const stored = await bench.completed();
    await bench.bring(stored);
    const contractId = stored.contract.id;
    const tie = { foundBy: "person", certainty: 1, detail: "Mara" } as const;
    await saveLink(bench.store, { contractId, destination: id, recordId: other, ...tie });
    await bench.bring(stored);
    expect(bench.attached(other).files).toHaveLength(2);
    expect(bench.attached(deal).files).toHaveLength(2);
  });

  it("finds by its marker what a process hung there before it died", async () => {
    for (const nth of [1, 3]) {
      bench.reset(prism.url);
      const stored = await bench.completed();
      bench.dieAt("called", nth);
      await expect(bench.bring(stored)).rejects.toThrow("Died at called");
      await bench.bringUntilDone(stored);
      expect(bench.hung()).toEqual(eachOnce);
    }
  });

  it("keeps why a deal that is gone takes nothing, and tries once more at the next look", async () => {
    const stored = await bench.completed();
    bench.fake.deleteAsPerson(deal);
    await expect(bench.bring(stored)).rejects.toThrow(PermanentError);
    const ends = (await bench.effectsOf(stored)).map(({ status }) => status);
    expect(ends).toEqual(["failed", "failed", "failed", "failed"]);
    await expect(bench.bring(stored)).rejects.toThrow(PermanentError);
    expect(await bench.effectsOf(stored)).toHaveLength(8);
  });

  it("says that revoked credentials are refused, and goes on when they work again", async () => {
    const stored = await bench.completed();
    const tools = { now: bench.now, timeout: 2_000, onCall: () => undefined };
    const revoked = counterpart.connectRevoked(prism.url, tools);
    await expect(bench.bring(stored, { crm: revoked })).rejects.toThrow(CredentialError);
    await bench.bring(stored);
    expect(bench.hung()).toEqual(eachOnce);
  });

  it("notes what happened, and says why there are no files, where the source has no access", async () => {
    const stored = await bench.completed();
    const sources = bench.filesOf(new Map());
    await bench.bring(stored, { sources });
    await bench.bring(stored, { sources });
    const ends = (await bench.effectsOf(stored)).map(({ code, status }) => code ?? status);
    expect(ends).toEqual(["done", "done", "no-access"]);
    expect(bench.milestoneNotes()).toHaveLength(2);
  });

  it.each([
    ["refuses our credentials", { status: 401, body: "{}" }, RetryLater],
    ["has had too many calls", { status: 429, body: "{}" }, RetryLater],
    ["is down", { status: 503, body: "" }, Error],
    ["knows the contract no more", { status: 404, body: "{}" }, PermanentError],
    ["answers with a page", page, Error],
  ])(
    "attaches nothing while the provider %s, and notes all the same",
    async (_what, answer, kind) => {
      const stored = await bench.completed();
      bench.vendor.answerAll(answer);
      await expect(bench.bring(stored)).rejects.toThrow(kind);
      expect(bench.hung()).toEqual({ ...eachOnce, files: [], stored: 0 });
      bench.vendor.answerAll(null);
      await bench.bringUntilDone(stored);
      expect(bench.hung()).toEqual(eachOnce);
    },
  );

  it("attaches no page in the place of a file that is listed", async () => {
    const stored = await bench.completed();
    const connection = bench.vendor.sources("docusign").get("docusign");
    if (connection === undefined) throw new Error("The source has no access.");
    const listed = await connection.files.list(stored.contract.externalId);
    bench.vendor.answerAll(page);
    const files = { ...connection.files, list: async () => listed };
    const sources = bench.filesOf(new Map([["docusign", { ...connection, files }]]));
    await expect(bench.bring(stored, { sources })).rejects.toThrow("is no PDF");
    expect(bench.fake.storedFiles()).toBe(0);
  });

  it("asks a provider that refuses us no more for five minutes, and another source at once", async () => {
    const [first, second] = [await bench.completed(), await bench.completed()];
    const sources = bench.sourcesNamed("docusign", "other");
    bench.vendor.answerAll({ status: 401, body: "{}" });
    await expect(bench.bring(first, { sources })).rejects.toThrow(RetryLater);
    const asked = bench.vendor.asked();
    bench.vendor.answerAll(null);
    await expect(bench.bring(second, { sources })).rejects.toThrow(RetryLater);
    expect(bench.vendor.asked()).toBe(asked);
    const { externalId } = second.contract;
    expect(await sources.list({ source: "other", externalId })).toHaveLength(2);
    bench.wait(301);
    await bench.bring(second, { sources });
    expect(bench.fake.storedFiles()).toBe(2);
  });

  it("has made only calls, and got only answers, that the vendor's description has", () => {
    expect(prism.violations()).toEqual([]);
    expect(prism.unjudged().filter((call) => !counterpart.unjudged.includes(call))).toEqual([]);
  });

  it("sends a large file in parts, whole", async () => {
    bench.reset();
    const stored = await bench.completed();
    const externalId = `${stored.contract.externalId}-long`;
    bench.vendor.complete(externalId, "x".repeat(3_000_000));
    const large = { ...stored.contract, externalId };
    await bench.bring({ ...stored, contract: large });
    const [signed] = bench.attached().files;
    const { bytes } = await bench.sourcesNamed("docusign").open(large, "signed");
    const hash = createHash("sha256");
    for await (const part of bytes) hash.update(part);
    expect(signed?.size).toBeGreaterThan(3_000_000);
    expect(signed?.sha256).toBe(hash.digest("hex"));
  });
});
