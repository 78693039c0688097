import { readDone, type Effect, type Reader } from "@countersign/store";
import type { Deal } from "./crms/crm.ts";
import { readKnown, type Known } from "./known.ts";
import type { RecordKind, Rules } from "./mapping/mapping.ts";

/**
 * What the ledger knows of the deal, and of what it belongs to where the rules write to that. `done` are the
 * effects that were done to the deal, also by its former ids, where somebody has read them already.
 */
export async function readKnownOf(
  reader: Reader,
  destination: string,
  deal: Deal,
  { writes }: Pick<Rules, "writes">,
  done: readonly Effect[] | null,
): Promise<Map<string, Known>> {
  const writesTo = (kind: RecordKind) => writes.some(({ on }) => on === kind);
  const related = [
    ...(writesTo("account") && deal.account !== null ? [deal.account] : []),
    ...(writesTo("contact") ? deal.contacts : []),
  ];
  const read = async (recordId: string) => readDone(reader, destination, recordId);
  const known = await Promise.all([
    knownOf(deal, async () => done ?? readOfAll(deal, read)),
    ...related.map((record) => knownOf(record, () => read(record.recordId))),
  ]);
  return new Map(known);
}

async function knownOf(
  record: Pick<Deal, "recordId" | "fields">,
  read: () => Promise<readonly Effect[]>,
): Promise<[string, Known]> {
  return [record.recordId, readKnown(await read(), record)];
}

/** Oldest first, also of what the deal was merged of. */
async function readOfAll(
  { recordId, formerIds }: Deal,
  read: (recordId: string) => Promise<readonly Effect[]>,
): Promise<Effect[]> {
  const done = await Promise.all([recordId, ...formerIds].map(read));
  return done.flat().toSorted((a, b) => Number(a.settledAt) - Number(b.settledAt));
}
