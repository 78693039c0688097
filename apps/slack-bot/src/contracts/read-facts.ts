import type { Contract } from "@countersign/core";
import { readDeal, readTies, type Reader, type Ties } from "@countersign/store";
import type { Ports } from "../ports.ts";
import type { ContractFacts, DealFacts } from "./facts.ts";

/**
 * What is known of a contract beside its own state: its provider, its deals, and who owns it. `ties` are the
 * contract's, where they have been read.
 */
export async function readFacts(
  reader: Reader,
  { sources, dealFields }: Pick<Ports, "sources" | "dealFields">,
  contract: Contract,
  ties?: Ties,
): Promise<ContractFacts> {
  const named = namedDeals(dealFields, contract);
  // Those are nearly always the linked ones too, and so are read before that is known.
  const [known, ...early] = await Promise.all([
    ties ?? readTies(reader, contract.id),
    ...named.map((record) => readWhole(reader, record)),
  ]);
  const deals = await Promise.all(
    dealsOf(known, named).map(
      async (record) => early.find((deal) => isSame(deal, record)) ?? readWhole(reader, record),
    ),
  );
  const ownerEmail = deals.find((deal) => deal.ownerEmail !== null)?.ownerEmail ?? null;
  return {
    contract,
    provider: sources.providerOf(contract.source) ?? { id: "", title: contract.source },
    owner: { userId: null, email: ownerEmail ?? contract.sender?.email ?? null },
    deals,
  };
}

type DealRecord = Pick<DealFacts, "crm" | "recordId">;

/** The deals that the contract's own fields name. */
function namedDeals(dealFields: Ports["dealFields"], { fields }: Contract): DealRecord[] {
  const named = Object.entries(dealFields).map(([crm, field]) => {
    return { crm, recordId: fields[field]?.trim() ?? "" };
  });
  return named.filter(({ recordId }) => recordId !== "");
}

/** The linked deals; where no link is stored yet, those that the contract's own fields name. */
function dealsOf({ links, removed }: Ties, named: readonly DealRecord[]): DealRecord[] {
  const linked = links.map(({ destination: crm, recordId }) => ({ crm, recordId }));
  const settled = new Set([...links, ...removed].map(({ destination }) => destination));
  return [...linked, ...named.filter(({ crm }) => !settled.has(crm))];
}

async function readWhole(reader: Reader, { crm, recordId }: DealRecord): Promise<DealFacts> {
  return { ...unread, ...(await readDeal(reader, crm, recordId)), crm, recordId };
}

function isSame(a: DealRecord, b: DealRecord): boolean {
  return a.crm === b.crm && a.recordId === b.recordId;
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
