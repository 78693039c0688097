import { newId, type Deal, type HubspotState } from "./state.ts";

/**
 * A merge makes a third deal of two, with the values of the one that the other is merged into and what both are
 * associated with. Their ids find it; only associations are not found by them (developers.hubspot.com, changelog,
 * "Deals now support merging"). Its id.
 */
export function mergeDeals(state: HubspotState, id: string, into: string, now: Date): string {
  const [other, main] = [dealOf(state, id), dealOf(state, into)];
  const merged: Deal = {
    id: newId(state),
    company: main.company || other.company,
    properties: {
      ...other.properties,
      ...main.properties,
      hs_merged_object_ids: [main.id, other.id].join(";"),
    },
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
  };
  state.deals.set(merged.id, merged);
  const both = [main.id, other.id];
  for (const old of both) state.deals.delete(old);
  for (const [old, found] of state.merged)
    if (both.includes(found)) state.merged.set(old, merged.id);
  for (const old of both) state.merged.set(old, merged.id);
  moveAssociations(state, both, merged.id);
  return merged.id;
}

function dealOf({ deals }: HubspotState, id: string): Deal {
  const deal = deals.get(id);
  if (deal === undefined) throw new Error(`There is no deal ${id} to merge.`);
  return deal;
}

function moveAssociations({ related, timeline }: HubspotState, from: string[], to: string): void {
  const company = from.map((id) => related.companyOf.get(id)).find((id) => id !== undefined);
  if (company !== undefined) related.companyOf.set(to, company);
  related.contactsOf.set(to, [...new Set(from.flatMap((id) => related.contactsOf.get(id) ?? []))]);
  for (const id of from) {
    related.companyOf.delete(id);
    related.contactsOf.delete(id);
  }
  for (const note of timeline.notes.values()) {
    note.deals = [...new Set(note.deals.map((id) => (from.includes(id) ? to : id)))];
  }
}
