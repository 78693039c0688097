import { digestOf } from "@countersign/core";
import { z } from "zod";
import type { Crm } from "../crms/crm.ts";

const FieldValue = z.union([z.string(), z.number(), z.boolean()]).nullable();
const Values = z.object({ stage: z.string().nullable(), fields: z.record(z.string(), FieldValue) });
const Because = z.object({ rule: z.string(), from: z.string(), at: z.string().nullable() });

/** A write that only the changed countersign.yaml leads to: what would stand there, and what stands there. */
const RehearsedWrite = z.object({
  contractId: z.string(),
  /** The contract's version at the rehearsal. */
  version: z.number(),
  dealId: z.string(),
  target: z.object({ on: z.enum(["deal", "account", "contact"]), recordId: z.string() }),
  mapping: z.string(),
  event: z.object({ id: z.string(), type: z.string(), occurredAt: z.string() }).nullable(),
  values: Values,
  replaced: Values,
  because: z.object({ stage: Because.nullable(), fields: z.record(z.string(), Because) }),
});
export type RehearsedWrite = z.infer<typeof RehearsedWrite>;

/** Something that is said only with the changed countersign.yaml, or a deal that could not be read. */
const Note = z.object({
  contractId: z.string(),
  dealId: z.string(),
  code: z.string(),
  message: z.string(),
});
export type Note = z.infer<typeof Note>;

const CrmRehearsal = z.object({
  crm: z.enum(["hubspot", "salesforce"]),
  /** Of the mapping that was rehearsed; only that one may be applied. */
  digest: z.string(),
  contracts: z.number(),
  deals: z.number(),
  writes: z.array(RehearsedWrite),
  /** What the present countersign.yaml would write now, and the changed one would not. */
  without: z.array(RehearsedWrite),
  left: z.array(Note),
});
export type CrmRehearsal = z.infer<typeof CrmRehearsal>;

/**
 * What a changed countersign.yaml would write differently, from stored history and the deals as they are. The file
 * that apply takes holds it beside what slack-bot says.
 */
export const Rehearsal = z.object({
  format: z.literal(1),
  config: z.string(),
  since: z.string(),
  madeAt: z.string(),
  crms: z.array(CrmRehearsal),
});
export type Rehearsal = z.infer<typeof Rehearsal>;

/** The same for the same mapping. */
export function digestOfMapping({
  linkField,
  mapping,
}: Pick<Crm, "linkField" | "mapping">): string {
  return digestOf(JSON.stringify([linkField, mapping.base, mapping.conditional]));
}
