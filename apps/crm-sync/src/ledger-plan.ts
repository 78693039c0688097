import type { Effect } from "@countersign/store";
import { z } from "zod";

const FieldValue = z.union([z.string(), z.number(), z.boolean()]);
const Fields = z.record(z.string(), FieldValue.nullable());

/** Why a value was written: the rule, what of the contract it is, and from when that is. */
const Because = z.object({ rule: z.string(), from: z.string(), at: z.string().nullable() });
export type Because = z.infer<typeof Because>;

const Values = z.object({ stage: z.string().nullable(), fields: Fields });

/**
 * What the ledger keeps as the plan of each change of a CRM's record. What was planned before there were
 * reasons has none.
 */
const LedgerPlan = Values.extend({
  /** The deal that the record is, or belongs to. */
  dealId: z.string().nullable().default(null),
  /** The mapping of countersign.yaml that applied. */
  mapping: z.string().nullable().default(null),
  /** The latest thing that had happened to the contract. */
  event: z
    .object({ id: z.string(), type: z.string(), occurredAt: z.string() })
    .nullable()
    .default(null),
  because: z
    .object({ stage: Because.nullable(), fields: z.record(z.string(), Because) })
    .default({ stage: null, fields: {} }),
  /** Of an undo: the values that it takes back. */
  undoes: Values.nullable().default(null),
});
export type LedgerPlan = z.infer<typeof LedgerPlan>;

/** The plan of an effect of the ledger. */
export function readPlan({ plan }: Pick<Effect, "plan">): LedgerPlan {
  return LedgerPlan.parse(plan);
}

/** The values that an effect replaced or left (`before` or `after`); null where it kept none. */
export function readValues(kept: Effect["before"]): z.infer<typeof Values> | null {
  return Values.safeParse(kept).data ?? null;
}
