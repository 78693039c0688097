import { differences, type Journal } from "../crm-journal.ts";
import type { Refusal } from "./answers.ts";
import { checkProperties, type PropertyValues } from "./check-properties.ts";
import type { Schema } from "./properties.ts";

/** A company or a contact. */
export type RelatedRecord = {
  id: string;
  kind: "account" | "contact";
  properties: PropertyValues;
  createdAt: string;
  updatedAt: string;
};

/** Companies and contacts, and which deals they are associated with. */
export type Related = {
  records: Map<string, RelatedRecord>;
  /** A deal's primary company. */
  companyOf: Map<string, string>;
  contactsOf: Map<string, string[]>;
};

type Seed = { dealId: string; company: string };

export function seedRelated(seeds: readonly Seed[], createdAt: string): Related {
  const related: Related = { records: new Map(), companyOf: new Map(), contactsOf: new Map() };
  for (const seed of seeds) addRelated(related, seed, createdAt);
  return related;
}

/** A company of the deal's own, and a contact who works there. */
export function addRelated(related: Related, { dealId, company }: Seed, createdAt: string): void {
  const times = { createdAt, updatedAt: createdAt };
  const [companyId, contactId] = [`2${dealId}`, `3${dealId}`];
  const domain = `${company.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.example`;
  const account = { name: company, domain };
  const contact = { email: `buyer@${domain}`, firstname: "Billie", lastname: "Buyer" };
  related.records.set(companyId, { id: companyId, kind: "account", properties: account, ...times });
  related.records.set(contactId, { id: contactId, kind: "contact", properties: contact, ...times });
  related.companyOf.set(dealId, companyId);
  related.contactsOf.set(dealId, [contactId]);
}

type Update = {
  related: Related;
  schemas: Record<RelatedRecord["kind"], Schema>;
  refusals: ReadonlyMap<string, Refusal>;
  journal: Journal;
  now: Date;
  by: string;
};

/** Writes what may be written; a refusal otherwise, and undefined where there is no such record. */
export function updateRelated(
  { related, schemas, refusals, journal, now, by }: Update,
  record: RelatedRecord,
  given: Record<string, string>,
): RelatedRecord | Refusal {
  const refusal = by === "api" ? refusals.get(record.id) : undefined;
  if (refusal !== undefined) return refusal;
  const checked = checkProperties(given, record.properties, schemas[record.kind].properties);
  if (!checked.ok) return { category: "VALIDATION_ERROR", problems: checked.problems };
  const changes = differences(record.properties, checked.values);
  const changed = Object.keys(changes).length > 0;
  const after = {
    ...record,
    properties: { ...record.properties, ...checked.values },
    updatedAt: changed ? now.toISOString() : record.updatedAt,
  };
  related.records.set(record.id, after);
  journal.record(record.id, changes, by);
  return after;
}
