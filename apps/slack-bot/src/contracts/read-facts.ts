import type { Contract } from "@countersign/core";
import { readDeal, readTies, type Reader } from "@countersign/store";
import type { Ports } from "../ports.ts";
import type { ContractFacts, DealFacts } from "./facts.ts";

/** What is known of a contract beside its own state: its provider, its deals, and who owns it. */
export async function readFacts(
  reader: Reader,
  { sources, dealFields }: Pick<Ports, "sources" | "dealFields">,
  contract: Contract,
): Promise<ContractFacts> {
  const records = await dealsOf(reader, dealFields, contract);
  const deals = await Promise.all(
    records.map(async ({ crm, recordId }) => {
      const deal = await readDeal(reader, crm, recordId);
      return { ...unread, ...deal, crm, recordId };
    }),
  );
  const ownerEmail = deals.find((deal) => deal.ownerEmail !== null)?.ownerEmail ?? null;
  return {
    contract,
    provider: sources.providerOf(contract.source) ?? { id: "", title: contract.source },
    owner: { userId: null, email: ownerEmail ?? contract.sender?.email ?? null },
    deals,
  };
}

/** The linked deals; where no link is stored yet, those that the contract's own fields name. */
async function dealsOf(
  reader: Reader,
  dealFields: Ports["dealFields"],
  contract: Contract,
): Promise<Pick<DealFacts, "crm" | "recordId">[]> {
  const { links, removed } = await readTies(reader, contract.id);
  const deals = new Map(links.map(({ destination, recordId }) => [destination, recordId]));
  for (const [crm, field] of Object.entries(dealFields)) {
    const recordId = contract.fields[field]?.trim() ?? "";
    const isSettled = deals.has(crm) || removed.some(({ destination }) => destination === crm);
    if (recordId !== "" && !isSettled) deals.set(crm, recordId);
  }
  return [...deals].map(([crm, recordId]) => ({ crm, recordId }));
}

const unread: Omit<DealFacts, "crm" | "recordId"> = {
  name: null,
  amount: null,
  currency: null,
  stage: null,
  pipeline: null,
  account: null,
  ownerEmail: null,
  url: null,
};
