import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerById } from "@countersign/core";
import type { VendorContract } from "@countersign/core/testing";
import {
  follow,
  readContract,
  readEvents,
  readQuarantine,
  record,
  type Store,
} from "@countersign/store";
import { aDelivery, openTestStore, testDatabaseUrl } from "@countersign/store/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startTask } from "../testing/run-task.ts";
import { serveVendor } from "../testing/vendor.ts";

const stack = new AsyncDisposableStack();
let store: Store;
let environment: Record<string, string>;
let vendor: Awaited<ReturnType<typeof serveVendor>>;

const contractOf = (number: number, month: string): VendorContract => ({
  walk: {
    externalId: `doc${String(number).padStart(3, "0")}`,
    title: `Lease ${number}`,
    sender: { name: "Mara", email: "mara@northgate.example" },
    fields: {},
    recipients: [{ key: "r1", name: "Ana", email: "ana@bluefin.example", order: 1 }],
  },
  steps: [
    { kind: "created", at: new Date(`2026-${month}-01T09:00:00Z`) },
    { kind: "sent", at: new Date(`2026-${month}-02T09:00:00Z`) },
  ],
});
/** 30 of September, then two of November. */
const contracts = Array.from({ length: 32 }, (_, index) =>
  contractOf(index, index < 30 ? "09" : "11"),
);

beforeAll(async () => {
  store = stack.use(await openTestStore());
  vendor = await serveVendor("pandadoc", contracts, stack);
  const folder = mkdtempSync(join(tmpdir(), "countersign-backfill-"));
  stack.defer(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "countersign.yaml");
  const sources = [
    { name: "pandadoc", provider: "pandadoc", secrets: ["s"], access: vendor.access },
    { name: "docusign", provider: "docusign", secrets: ["s"] },
    {
      name: "away",
      provider: "documenso",
      secrets: ["s"],
      access: { apiKey: "k", baseUrl: "http://127.0.0.1:1" },
    },
  ];
  writeFileSync(file, JSON.stringify({ sources }));
  environment = {
    DATABASE_URL: testDatabaseUrl(),
    DATABASE_SCHEMA: store.schema,
    COUNTERSIGN_CONFIG: file,
  };
});
afterAll(() => stack.disposeAsync());

const run = (...typed: string[]) => startTask(typed, environment).report();
const known = async () =>
  (
    await Promise.all(
      contracts.map(({ walk }) => readContract(store.database, `pandadoc/${walk.externalId}`)),
    )
  ).filter((one) => one !== null);

describe("backfill", () => {
  const september = ["backfill", "--source=pandadoc", "--from=2026-09-01", "--to=2026-09-30"];

  it("says how many there are, and reads none without --yes", async () => {
    const proposed = await run(...september);
    expect(proposed).toMatchObject({ exitCode: 0, data: { listed: 32, done: 0 } });
    expect(proposed.text).toContain("Add --yes to do it.");
    expect(await known()).toEqual([]);
  });

  it(
    "goes on where it was killed, waits when asked to, and tells no chat",
    { timeout: 120_000 },
    async () => {
      const heard: string[] = [];
      const listen = (who: string) =>
        follow(
          store,
          who,
          async ({ contract }) => {
            heard.push(`${who} ${contract.id}`);
            return "called";
          },
          { concurrency: 10 },
        );
      const following = await Promise.all([listen("slack"), listen("hubspot")]);
      const first = startTask([...september, "--yes", "--rate=20"], environment);
      await vi.waitFor(async () => expect((await known()).length).toBeGreaterThan(3), {
        timeout: 30_000,
        interval: 20,
      });
      await first.kill();
      const before = (await known()).length;
      expect(before).toBeLessThan(30);

      vendor.putOff(1);
      vendor.paths.length = 0;
      const second = await run(...september, "--yes", "--rate=50");
      expect(second).toMatchObject({ exitCode: 0, is: "done", data: { listed: 32, outside: 2 } });
      expect(second.progress).toMatch(/going on after \d+ of 32/);
      expect(second.progress).toContain("the provider asks to come back in 1 s");
      expect(second.progress).toContain("32 of 32");
      expect(vendor.paths.filter((path) => path.endsWith("/details")).length).toBeLessThanOrEqual(
        33 - before + 2,
      );
      const read = await known();
      expect(read).toHaveLength(30);
      expect(read[0]?.contract).toMatchObject({ status: "sent", title: "Lease 0" });
      const events = await readEvents(store.database, "pandadoc/doc000");
      expect(new Set(events.map(({ via }) => via))).toEqual(new Set(["backfill"]));
      await vi.waitFor(
        () => expect(heard.filter((one) => one.startsWith("hubspot"))).toHaveLength(30),
        { timeout: 10_000 },
      );
      expect(heard.filter((one) => one.startsWith("slack"))).toEqual([]);
      await Promise.all(following.map((one) => one.stop()));
    },
  );

  it("does nothing twice, unless it is told to", { timeout: 60_000 }, async () => {
    vendor.paths.length = 0;
    const again = await run(...september, "--yes");
    expect(again.text).toContain("This range was read already");
    expect(vendor.paths).toEqual([]);
    const anew = await run(...september, "--yes", "--again", "--rate=50");
    expect(anew).toMatchObject({ data: { listed: 32, unchanged: 30, outside: 2 } });
  });

  it.each([
    [["--source=nowhere", "--from=2026-09-01"], 1, /There is pandadoc, docusign/],
    [["--source=docusign", "--from=2026-09-01"], 1, /has no access/],
    [
      ["--source=away", "--from=2026-09-01"],
      1,
      /^127\.0\.0\.1:1 gave no answer\. The same command/,
    ],
    [["--source=pandadoc", "--from=2026-10-01", "--to=2026-09-01"], 1, /--from is after --to/],
    [["--source=pandadoc", "--from=yesterday"], 2, /--from: must be a day/],
    [["--source=pandadoc"], 2, /--from/],
  ])("explains %j", async (typed, exitCode, said) => {
    const report = await run("backfill", ...typed);
    expect(report.exitCode).toBe(exitCode);
    expect(report.text).toMatch(said);
  });
});

describe("replay", () => {
  it("reads the quarantine again, and takes out what is understood by now", async () => {
    const { walk, steps } = contractOf(900, "09");
    const [body] = providerById("pandadoc")?.vendorSide.deliveryBodies(walk, steps) ?? [];
    if (body === undefined) throw new Error("PandaDoc sends nothing.");
    const odd = { understood: false as const, reason: "no-event" };
    const of = { source: "pandadoc", provider: "pandadoc" };
    const good = aDelivery(Buffer.from(body).toString(), of);
    const kept = await record(store, good, odd);
    await record(store, aDelivery("still odd", of), odd);
    await record(store, aDelivery("of old", { source: "gone" }), odd);

    const proposed = await run("replay");
    expect(proposed).toMatchObject({ exitCode: 0, data: { read: 3, understood: 1, changed: 0 } });
    expect(await readQuarantine(store, 9)).toHaveLength(3);
    const done = await run("replay", `--delivery=${kept.deliveryId}`, "--yes");
    expect(done).toMatchObject({ exitCode: 0, data: { read: 1, understood: 1, changed: 1 } });
    const contract = await readContract(store.database, "pandadoc/doc900");
    expect(contract?.contract).toMatchObject({ title: "Lease 900", status: "sent" });
    expect((await readQuarantine(store, 9)).map(({ id }) => id)).not.toContain(kept.deliveryId);
    expect((await run("replay", "--yes")).text).toContain(
      "1 are of sources that countersign.yaml has no more",
    );
    expect(await run("replay", "--all", "--yes", "--source=pandadoc")).toMatchObject({
      data: { changed: 0 },
    });
  });
});
