import type { Contract } from "@countersign/core";
import {
  PermanentError,
  readContractFiles,
  readEffects,
  readTies,
  recordFailed,
  recordSkip,
  saveContractFiles,
  type StoredContract,
  type StoredFile,
} from "@countersign/store";
import { wantsFiles } from "../crms/wants.ts";
import { findLink } from "../link.ts";
import { addNote } from "./add-note.ts";
import { attachFile } from "./attach-file.ts";
import { milestonesOf } from "./milestones.ts";
import type { Called } from "./once.ts";
import { filesDestination, type FilePorts } from "./ports.ts";

/**
 * Hangs on the contract's deal what is missing: a note for each milestone, then the files of what is
 * completed. What fails for good holds up no other, and is thrown when the others are done.
 */
export async function bringFiles(
  ports: FilePorts,
  { contract, version }: StoredContract,
): Promise<"called" | "not-called"> {
  const { store, crm } = ports;
  const record = await recordOf(ports, contract);
  if (record === null) return "not-called";
  const effects = await readEffects(store, contract.id, filesDestination(crm));
  const about = { contractId: contract.id, ...record };
  const notes = crm.wants.notes ? milestonesOf(contract) : [];
  const isCalled = await doAll([
    ...notes.map((milestone) => () => addNote(ports, about, milestone, effects)),
    async () => {
      const files = await wantedFiles(ports, contract, version);
      const attach = (file: StoredFile) => attachFile(ports, contract, record, file, effects);
      return doAll(files.map((file) => () => attach(file)));
    },
  ]);
  return isCalled ? "called" : "not-called";
}

async function doAll(works: (() => Promise<boolean>)[]): Promise<boolean> {
  let isCalled = false;
  let failure: PermanentError | null = null;
  for (const work of works) {
    try {
      if (await work()) isCalled = true;
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      failure ??= error;
    }
  }
  if (failure !== null) throw failure;
  return isCalled;
}

/** The tie that holds; before the deal was first looked at, the one that the contract names itself. */
async function recordOf({ store, crm }: FilePorts, contract: Contract): Promise<Called | null> {
  const { links, removed } = await readTies(store, contract.id);
  const tie = links.find(({ destination }) => destination === crm.id);
  if (tie !== undefined) return { recordId: tie.recordId, formerIds: tie.formerIds ?? [] };
  if (removed.some(({ destination }) => destination === crm.id)) return null;
  const link = findLink(contract, crm);
  return link.kind === "linked" ? { recordId: link.recordId, formerIds: [] } : null;
}

/** Lists a contract's files once. */
async function wantedFiles(
  { store, crm, sources }: FilePorts,
  contract: Contract,
  version: number,
): Promise<StoredFile[]> {
  if (contract.status !== "completed" || !wantsFiles(crm.wants)) return [];
  const { id: contractId, source } = contract;
  const destination = filesDestination(crm);
  const effect = { destination, contractId, target: "", kind: "file.list", plan: {} };
  let files = await readContractFiles(store, contractId);
  if (files.length === 0 && !sources.hasAccess(source)) {
    await recordSkip(
      store,
      { ...effect, key: `${destination}/${contractId}/no-access` },
      {
        code: "no-access",
        message: `The source "${source}" has no access to its provider, so its files are not attached. Give it access in countersign.yaml.`,
      },
    );
    return [];
  }
  if (files.length === 0) {
    try {
      await saveContractFiles(store, contractId, await sources.list(contract));
    } catch (error) {
      if (error instanceof PermanentError) {
        const key = `${destination}/${contractId}/file.list/v${version}`;
        await recordFailed(store, { ...effect, key }, error);
      }
      throw error;
    }
    files = await readContractFiles(store, contractId);
  }
  return files.filter(({ kind }) => crm.wants.files[kind]);
}
