import type { Contract, ContractStatus } from "@countersign/core";
import type { CrmId, Deal } from "./sandbox-state.ts";

/** How the card's text goes on after the title, and the word that its status line has. */
export const cardWords: Record<ContractStatus, { sentence: RegExp; word: string }> = {
  draft: { sentence: /is a draft\.$/, word: "*Draft*" },
  sent: { sentence: /is sent; /, word: "*Sent*" },
  viewed: { sentence: /is sent and has been viewed; /, word: "*Viewed*" },
  partially_signed: { sentence: /is partly signed; /, word: "*Partly signed*" },
  completed: { sentence: /is completed\.$/, word: "*Completed*" },
  declined: { sentence: /was declined/, word: "*Declined*" },
  voided: { sentence: /was voided/, word: "*Voided*" },
  expired: { sentence: /has expired; /, word: "*Expired*" },
};

/** Where countersign.yaml leads a deal; what it does not name leaves the deal where it is. */
const stages: Record<CrmId, Partial<Record<ContractStatus, string>>> = {
  hubspot: {
    sent: "contractsent",
    viewed: "contractsent",
    partially_signed: "contractsent",
    completed: "closedwon",
  },
  salesforce: {
    sent: "Proposal/Price Quote",
    viewed: "Negotiation/Review",
    partially_signed: "Negotiation/Review",
    completed: "Closed Won",
  },
};

/** What the deal of a contract must show, in the fields that countersign.yaml maps. */
export function expectedDeal(crm: CrmId, contract: Contract): Partial<Deal> {
  const stageId = stages[crm][contract.status];
  return {
    ...(stageId === undefined ? {} : { stageId }),
    contract: {
      status: contract.status,
      signedDate: contract.completedAt?.slice(0, 10) ?? null,
      url: contract.url,
    },
  };
}
