import { Outdated, retieLinks, type Store } from "@countersign/store";
import type { Crm, Deal } from "./crms/crm.ts";

/**
 * Where the deal that was read turns out to have been merged of others, ties to it all contracts of these, which did
 * not know each other before, and throws Outdated: the contract is looked at again by the deal's new id. `tied` is what
 * the deal is called, and was, as far as that is known here.
 */
export async function followMerge(
  store: Store,
  crm: Pick<Crm, "id">,
  tied: Pick<Deal, "recordId" | "formerIds">,
  deal: Deal | null,
): Promise<void> {
  const isNews = (id: string) => id === tied.recordId || !tied.formerIds.includes(id);
  if (deal === null || !deal.formerIds.some(isNews)) return;
  await retieLinks(store, crm.id, deal);
  throw new Outdated();
}
