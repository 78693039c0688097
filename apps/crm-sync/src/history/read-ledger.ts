import { readEffects, readRecordEffects, type Effect, type Reader } from "@countersign/store";
import { crmKinds } from "../crms/index.ts";
import { sideDestinationsOf } from "../destinations.ts";

/** Whose history: a contract's, or that of a CRM's record (a deal, an account or a contact). */
export type Subject = { contractId: string } | { recordId: string };

const crms = crmKinds.map(({ id }) => id);
const sideQueues = new Map(
  crmKinds.flatMap(({ id }) => sideDestinationsOf({ id }).map((side) => [side, id] as const)),
);
const mostOfRecord = 1_000;

/** The CRM of a destination of the ledger, also of its files, notes and deals' ids. */
export function crmOf(destination: string): string {
  return sideQueues.get(destination) ?? destination;
}

/** The ledger's changes of CRMs' records, oldest first; of a record, the last thousand. */
export async function readLedger(reader: Reader, subject: Subject): Promise<Effect[]> {
  const effects = await readFrom(reader, subject, crms);
  return effects.filter(({ kind }) => kind.endsWith(".update"));
}

/**
 * The files and notes that were to hang on CRMs' records, and the fields of contracts that were to name them, oldest
 * first; of a record, the last thousand.
 */
export async function readHangings(reader: Reader, subject: Subject): Promise<Effect[]> {
  return readFrom(reader, subject, [...sideQueues.keys()]);
}

async function readFrom(
  reader: Reader,
  subject: Subject,
  destinations: readonly string[],
): Promise<Effect[]> {
  if ("recordId" in subject) {
    return readRecordEffects(reader, destinations, subject.recordId, mostOfRecord);
  }
  const effects = await readEffects(reader, subject.contractId);
  return effects.filter(({ destination }) => destinations.includes(destination));
}
