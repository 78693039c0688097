import { readEffects, type FaultPoint, type Store, type StoredContract } from "@countersign/store";
import { openTestStore } from "@countersign/store/testing";
import express from "express";
import type { Attached } from "@countersign/sandbox";
import type { Crm } from "../crms/crm.ts";
import { bringFiles } from "../files/bring-files.ts";
import { createGate } from "../files/gate.ts";
import { filesDestination, type FilePorts } from "../files/ports.ts";
import { readSourceFiles } from "../files/source-files.ts";
import { createAskSource } from "../sources/ask-source.ts";
import type { Sources } from "../sources/sources.ts";
import { aContract } from "./contracts.ts";
import type { CrmFake, Counterpart } from "./counterpart.ts";
import { serveFake } from "./serve-fake.ts";
import { serveVendor } from "./vendor.ts";

export const title = 'Lease <b>2027</b> & "Co"';

type Fault = Parameters<CrmFake["setFault"]>[0];

/** A store, a CRM and a provider, whose troubles can be chosen, for what hangs files and notes on deals. */
export async function openFilesBench(
  id: Crm["id"],
  counterpart: Counterpart,
  stack: AsyncDisposableStack,
) {
  const { deal, linkField } = counterpart;
  const fake = counterpart.createFake(() => new Date());
  /** How far the clock of all but the fake is ahead, in milliseconds. */
  let passed = 0;
  let death: { point: FaultPoint; in: number } | null = null;
  let trouble: { fault: Fault; in: number } | null = null;
  let hold: { arrived: () => void; until: Promise<void> } | null = null;
  const now = () => new Date(Date.now() + passed);
  const onPoint = (point: FaultPoint) => {
    if (death?.point !== point || (death.in -= 1) > 0) return;
    death = null;
    throw new Error(`Died at ${point}.`);
  };
  const store: Store = stack.use(await openTestStore({ now, onPoint }));
  const router = express.Router().use((request, response, next) => {
    const isWrite = /\/(notes|files|ContentVersion|Task)$/.test(request.path);
    if (isWrite && trouble !== null && (trouble.in -= 1) === 0) fake.setFault(trouble.fault);
    if (hold !== null && /\/(files|ContentVersion)$/.test(request.path)) {
      answerLater(response, hold);
      hold = null;
    }
    next();
  });
  const url = await serveFake({ ...fake, router: router.use(fake.router) }, stack);
  const vendor = await serveVendor("docusign", stack);
  const connect = (to = url) =>
    counterpart.connect(to, { now, timeout: 2_000, onCall: () => undefined });
  const filesOf = (sources: Sources) =>
    readSourceFiles(sources, createAskSource(sources, now), () => undefined);
  const sourcesNamed = (...names: string[]) => filesOf(vendor.sources(...names));
  let crm = connect();
  const portsWith = (more: Partial<FilePorts> = {}): FilePorts => ({
    store,
    crm,
    sources: sourcesNamed("docusign"),
    gate: createGate(4),
    ...more,
  });
  const attached = (of = deal): Attached => {
    const found = fake.deals().find((one) => one.id === of);
    if (found === undefined) throw new Error(`There is no deal ${of}.`);
    return found.attached;
  };
  return {
    store,
    fake,
    vendor,
    /** Where the fake listens. */
    url,
    now,
    filesOf,
    sourcesNamed,
    portsWith,
    attached,
    /** Nothing has happened, and nothing goes wrong; calls go to `to`. */
    reset(to = url): void {
      fake.reset();
      vendor.answerAll(null);
      death = null;
      trouble = null;
      hold = null;
      crm = connect(to);
    },
    wait(seconds: number): void {
      passed += seconds * 1_000;
    },
    /** The process dies, as far as the work is concerned, the n-th time that it gets to the point. */
    dieAt(point: FaultPoint, nth: number): void {
      death = { point, in: nth };
    },
    /** The n-th file, note or task that is sent from now on meets the fault. */
    atWrite(nth: number, fault: Fault): void {
      trouble = { fault, in: nth };
    },
    /** The next file that is sent is taken, and answered only when `goOn` is called. */
    holdFile() {
      const arrived = Promise.withResolvers<void>();
      const until = Promise.withResolvers<void>();
      hold = { arrived: arrived.resolve, until: until.promise };
      return { arrived: arrived.promise, goOn: until.resolve };
    },
    /** A contract of two signers that is completed, also at the provider. */
    async completed(): Promise<StoredContract> {
      const names = ["Ann Buyer", "Bo Seller"];
      const recipients = names.map((name, index) => ({ key: `${index + 1}`, name }));
      const contract = aContract(store, { title, recipients, fields: { [linkField]: deal } });
      vendor.complete(contract.id.replace("docusign/", ""), title);
      await contract.happened("contract.sent");
      return contract.happened("contract.completed");
    },
    bring: (stored: StoredContract, more: Partial<FilePorts> = {}) =>
      bringFiles(portsWith(more), stored),
    /** Looks again, each time a quarter of an hour later, as the queue does, until nothing is left to do. */
    async bringUntilDone(stored: StoredContract): Promise<void> {
      for (let looks = 0; looks < 30; looks += 1) {
        passed += 900_000;
        const end = await bringFiles(portsWith(), stored).catch(() => "failed" as const);
        if (end === "not-called") return;
      }
      throw new Error("It is never done.");
    },
    effectsOf: ({ contract }: StoredContract) =>
      readEffects(store, contract.id, filesDestination({ id })),
    /** The notes of milestones, without those that hold files. */
    milestoneNotes: () => attached().notes.filter(({ text }) => text.includes("Contract ")),
    /** What hangs on the deal, by kind, and how many files the CRM keeps at all. */
    hung: () => ({
      files: attached().files.map(({ name }) => /signed|certificate/.exec(name)?.[0]),
      stored: fake.storedFiles(),
      notes: attached().notes.flatMap(({ text }) => /Contract (\w+)/.exec(text)?.[1] ?? []),
    }),
  };
}

export type FilesBench = Awaited<ReturnType<typeof openFilesBench>>;

function answerLater(
  response: express.Response,
  { arrived, until }: { arrived: () => void; until: Promise<void> },
): void {
  const end = response.end.bind(response);
  Reflect.set(response, "end", (...answer: unknown[]) => {
    arrived();
    void until.then(() => Reflect.apply(end, response, answer));
  });
}

/** All that hangs on the deal of one completed contract. */
export const eachOnce = {
  files: ["signed", "certificate"],
  stored: 2,
  notes: ["sent", "completed"],
};
