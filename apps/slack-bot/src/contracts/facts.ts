import type { Contract } from "@countersign/core";
import type { StoredDeal } from "@countersign/store";

/** What is known of a contract when it is to be decided who hears of it. */
export type ContractFacts = {
  contract: Contract;
  provider: { id: string; title: string };
  /** The linked deal's owner, else the sender; both null where neither is known. */
  owner: { userId: string | null; email: string | null };
  /** The deals that it is linked to. */
  deals: DealFacts[];
};

/** A CRM's record of a contract, as the CRM was last read. */
export type DealFacts = Omit<StoredDeal, "destination"> & { crm: string };
