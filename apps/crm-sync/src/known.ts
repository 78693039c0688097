import type { Effect } from "@countersign/store";
import type { RelatedRecord } from "./crms/crm.ts";
import { readPlan } from "./ledger-plan.ts";
import { isSame } from "./mapping/same-value.ts";
import type { LastWrite } from "./plan-field.ts";

/** What the ledger knows of one record of a CRM: what Countersign has written to it so far. */
export type Known = {
  fields: ReadonlyMap<string, LastWrite>;
  /** The stages that Countersign has moved the deal to, each with the contract it did so for. */
  moves: readonly { stage: string; contractId: string | null }[];
  /** The id of the last write, by which a plan that follows it is told from the same plan before it. */
  last: string | null;
};

export const nothingKnown: Known = { fields: new Map(), moves: [], last: null };

/**
 * Reads it out of the effects that were done to the record, as it now is, oldest first. Of records that were merged into
 * it, each may have had another value of ours: the one that has stayed is ours still.
 */
export function readKnown(
  done: readonly Effect[],
  record: Pick<RelatedRecord, "recordId" | "fields">,
): Known {
  const fields = new Map<string, LastWrite>();
  const places = new Map<string, string>();
  const moves: { stage: string; contractId: string | null }[] = [];
  for (const effect of done) {
    const { stage, fields: written, because, undoes } = readPlan(effect);
    if (stage !== null && undoes === null) moves.push({ stage, contractId: effect.contractId });
    for (const [name, value] of Object.entries(written)) {
      const last = fields.get(name);
      const isElsewhere = ![record.recordId, places.get(name)].includes(effect.target);
      if (last && isElsewhere && isSame(record.fields[name] ?? null, last.value)) continue;
      places.set(name, effect.target);
      const undid = undoes?.fields[name];
      const at = because.fields[name]?.at ?? null;
      fields.set(name, { value, at, ...(undid !== undefined && { undid }) });
    }
  }
  return { fields, moves, last: done.at(-1)?.id ?? null };
}
