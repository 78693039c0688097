import type { Contract } from "@countersign/core";

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
export type DealFacts = {
  crm: string;
  recordId: string;
  name: string | null;
  /** In whole units of `currency`. */
  amount: number | null;
  currency: string | null;
  stage: string | null;
  pipeline: string | null;
  account: string | null;
  ownerEmail: string | null;
  url: string | null;
};
