import { retieLinks, saveLink, type StoredContract } from "@countersign/store";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { counterpart } from "../crms/hubspot/counterpart.ts";
import { openFilesBench, type FilesBench } from "../testing/files-bench.ts";

const { deal, linkField } = counterpart;
const stack = new AsyncDisposableStack();
let bench: FilesBench;

beforeAll(async () => {
  bench = await openFilesBench("hubspot", counterpart, stack);
}, 60_000);
beforeEach(() => bench.reset());
afterAll(() => stack.disposeAsync());

/** The deal of the contract is merged with another, and the contract tied to what they became. */
async function merge({ contract }: StoredContract): Promise<string> {
  const tie = { foundBy: "custom-field", certainty: 1, detail: linkField } as const;
  const about = { contractId: contract.id, destination: "hubspot", recordId: deal };
  await saveLink(bench.store, { ...about, ...tie });
  const [other = ""] = bench.fake.addDeals(1);
  const recordId = bench.fake.mergeAsPerson(deal, other);
  await retieLinks(bench.store, "hubspot", { recordId, formerIds: [deal, other] });
  return recordId;
}

function hungOn(id: string) {
  const { files, notes } = bench.attached(id);
  const milestones = notes.filter(({ text }) => text.includes("Contract "));
  return { files: files.length, stored: bench.fake.storedFiles(), notes: milestones.length };
}

it("hangs nothing again on a merged deal", async () => {
  const stored = await bench.completed();
  await bench.bring(stored);
  const merged = await merge(stored);
  expect(await bench.bring(stored)).toBe("not-called");
  expect(hungOn(merged)).toEqual({ files: 2, stored: 2, notes: 2 });
});

it.each([1, 3])(
  "finds what hung on it before, and the rest goes there: died at %i",
  async (nth) => {
    const stored = await bench.completed();
    bench.dieAt("called", nth);
    await expect(bench.bring(stored)).rejects.toThrow("Died at called");
    const merged = await merge(stored);
    await bench.bringUntilDone(stored);
    expect(hungOn(merged)).toEqual({ files: 2, stored: 2, notes: 2 });
    const effects = await bench.effectsOf(stored);
    expect(effects.map(({ status }) => status)).toEqual(["done", "done", "done", "done"]);
  },
);
