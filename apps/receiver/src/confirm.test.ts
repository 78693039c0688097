import type { Answer, ContractReading } from "@countersign/core";
import {
  PermanentError,
  readContract,
  record,
  RetryLater,
  type Store,
  type StoredContract,
} from "@countersign/store";
import { aDelivery, aFact, aReport, openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createConfirm } from "./confirm.ts";
import { createLane } from "./lane.ts";

let store: Store;
let now = new Date("2026-05-04T10:00:00Z");
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
});
afterAll(async () => store.close());

let count = 0;

/** A contract that an unproved webhook says is completed. */
async function claimed(source = "docusign"): Promise<StoredContract> {
  const id = `c${(count += 1)}`;
  const report = aReport(id, aFact("contract.sent"), aFact("contract.completed"));
  await record(
    store,
    aDelivery(`claim of ${id}`, { source, claimsEndings: true, bodyProof: "none" }),
    report,
  );
  return stored(`${source}/${id}`);
}

async function stored(id: string): Promise<StoredContract> {
  const found = await readContract(store.database, id);
  if (found === null) throw new Error(`no contract ${id}`);
  return found;
}

const unused = () => Promise.reject(new Error("not asked for"));

type AnswerTo = (externalId: string) => Answer<ContractReading> | Promise<never>;

/** Confirms the contracts of each source with what its provider answers. */
function confirmWith(answer: AnswerTo, others: Record<string, AnswerTo> = {}) {
  const answers = Object.entries({ docusign: answer, ...others });
  const sources = new Map(answers.map(([name, say]) => [name, confirming(name, say)]));
  return createConfirm(sources, { now: () => now, record: record.bind(null, store) });
}

function confirming(name: string, answer: AnswerTo) {
  const connection = {
    fetchContract: async (externalId: string) => answer(externalId),
    listChangedSince: unused,
    fetchAuditTrail: unused,
    fetchSignedDocument: unused,
    files: { list: unused, open: unused },
  };
  const lane = createLane({ now: () => now, onPause: () => undefined, atOnce: 1 });
  return { name, provider: { id: "docusign" }, connection, lane };
}

const reading =
  (...facts: Parameters<typeof aReport>[1][]): AnswerTo =>
  (externalId) => ({
    outcome: "ok",
    value: {
      report: { externalId, facts },
      url: "https://provider.example/contracts",
      body: Buffer.from(`read back ${externalId} ${facts.length}`),
    },
  });
const reads = (...facts: Parameters<typeof aReport>[1][]) => confirmWith(reading(...facts));

it("makes a claim true that the provider confirms", async () => {
  const contract = await claimed();
  expect(contract.contract).toMatchObject({ status: "sent", unconfirmed: "completed" });
  const confirm = reads(aFact("contract.sent"), aFact("contract.completed"));
  expect(await confirm(contract)).toBe("called");
  const after = await stored(contract.contract.id);
  expect(after.contract).toMatchObject({ status: "completed", unconfirmed: null });
  expect(await confirm(after)).toBe("not-called");
});

it("believes the provider where it says something else", async () => {
  const contract = await claimed();
  const confirm = reads(aFact("contract.declined", { reason: "Too dear" }));
  await confirm(contract);
  expect((await stored(contract.contract.id)).contract).toMatchObject({
    status: "declined",
    reason: "Too dear",
  });
});

it("asks again while the provider still has it open, and gives up after an hour", async () => {
  const contract = await claimed();
  const confirm = reads(aFact("contract.sent"));
  await expect(confirm(contract)).rejects.toThrow(RetryLater);
  now = new Date("2026-05-04T11:00:01Z");
  await expect(confirm(contract)).rejects.toMatchObject({ code: "not-confirmed" });
  expect((await stored(contract.contract.id)).contract).toMatchObject({
    status: "sent",
    unconfirmed: "completed",
  });
});

it.each<[Answer<ContractReading>, new (...given: never[]) => Error]>([
  [{ outcome: "later", seconds: 30 }, RetryLater],
  [{ outcome: "unauthorized", message: "no" }, RetryLater],
  [{ outcome: "refused", code: "x", message: "no" }, PermanentError],
  [{ outcome: "missing" }, PermanentError],
])("passes on what the provider answers: %o", async (answer, error) => {
  await expect(confirmWith(() => answer)(await claimed())).rejects.toThrow(error);
});

it.each<[string, AnswerTo]>([
  ["refuses our credentials", () => ({ outcome: "unauthorized", message: "no" })],
  ["does not answer", () => new Promise(() => undefined)],
])("goes on with the other sources where one provider %s", async (_what, answer) => {
  const facts = [aFact("contract.sent"), aFact("contract.completed")];
  const confirm = confirmWith(answer, { second: reading(...facts) });
  const waiting = [await claimed(), await claimed()];
  const ends = waiting.map((contract) => confirm(contract).catch((error: unknown) => error));
  expect(await ends.at(-1)).toBeInstanceOf(RetryLater);
  expect(await confirm(await claimed("second"))).toBe("called");
});
