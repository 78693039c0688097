import type { CrmFake } from "@countersign/sandbox";
import type { Prism } from "@countersign/sandbox/prism";
import type { CrmTools } from "../crms/crm-kind.ts";
import type { Crm } from "../crms/crm.ts";

export { createHubspot, createSalesforce } from "@countersign/sandbox";
export { judgeHubspot, judgeSalesforce } from "@countersign/sandbox/prism";
export type { CrmFake, Prism };

/** What a CRM's folder gives to the suite in crms.test.ts: its stand-in, and words for what is in there. */
export type Counterpart = {
  createFake(now: () => Date): CrmFake;
  /** A third party's description of the CRM, put before the fake at `upstream`. */
  judge(upstream: string): Promise<Prism>;
  connect(url: string, tools: CrmTools): Crm;
  /** The same, with credentials that have been revoked. */
  connectRevoked(url: string, tools: CrmTools): Crm;
  linkField: string;
  /** An open deal at its start, and one that does not exist. */
  deal: string;
  missingDeal: string;
  /** Where contracts lead it, in order, and where only people do. */
  stages: { sent: string; viewed: string; completed: string; lost: string };
  /** How the CRM refuses a value; the message names contract_status. */
  refusal: { status: number; code: string; body: unknown };
  /** Deals in a call, and the code of a deal that a rule of the account refuses. */
  largestBatch: number;
  refusedRecordCode: string;
  /** Calls that fall under no description, for one deal and for many. */
  unjudged: string[];
  unjudgedBatches: string[];
};
