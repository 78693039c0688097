import { readEffects, readRecordEffects, type Effect, type Reader } from "@countersign/store";
import { crmKinds } from "../crms/index.ts";
import { filesDestination } from "../files/ports.ts";

/** Whose history: a contract's, or that of a CRM's record (a deal, an account or a contact). */
export type Subject = { contractId: string } | { recordId: string };

const crms = crmKinds.map(({ id }) => id);
const fileQueues = new Map(crmKinds.map(({ id }) => [filesDestination({ id }), id]));
const mostOfRecord = 1_000;

/** The CRM of a destination of the ledger, also of its files and notes. */
export function crmOf(destination: string): string {
  return fileQueues.get(destination) ?? destination;
}

/** The ledger's changes of CRMs' records, oldest first; of a record, the last thousand. */
export async function readLedger(reader: Reader, subject: Subject): Promise<Effect[]> {
  const effects = await readFrom(reader, subject, crms);
  return effects.filter(({ kind }) => kind.endsWith(".update"));
}

/** The files and notes that were to hang on CRMs' records, oldest first; of a record, the last thousand. */
export async function readHangings(reader: Reader, subject: Subject): Promise<Effect[]> {
  return readFrom(reader, subject, [...fileQueues.keys()]);
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
