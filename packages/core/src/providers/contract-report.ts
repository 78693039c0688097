import type { ReportedFact } from "../contract-event.ts";

/** Facts about one contract. A delivery may report several contracts. */
export type ContractReport = {
  /** The provider's own id of the contract. */
  externalId: string;
  facts: ReportedFact[];
};
