import { readDone, type Reader } from "@countersign/store";
import type { Deal } from "./crms/crm.ts";
import { readKnown, type Known } from "./known.ts";
import type { RecordKind, Rules } from "./mapping/mapping.ts";

/** What the ledger knows of the deal, and of what it belongs to where the rules write to that. */
export async function readKnownOf(
  reader: Reader,
  destination: string,
  deal: Deal,
  { writes }: Pick<Rules, "writes">,
): Promise<Map<string, Known>> {
  const writesTo = (kind: RecordKind) => writes.some(({ on }) => on === kind);
  const related = [
    ...(writesTo("account") && deal.account !== null ? [deal.account] : []),
    ...(writesTo("contact") ? deal.contacts : []),
  ];
  const recordIds = [deal, ...related].map(({ recordId }) => recordId);
  const known = await Promise.all(
    recordIds.map(
      async (recordId) =>
        [recordId, readKnown(await readDone(reader, destination, recordId))] as const,
    ),
  );
  return new Map(known);
}
