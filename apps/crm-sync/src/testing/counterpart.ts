import type { CrmFake } from "@countersign/sandbox";
import type { Prism } from "@countersign/sandbox/prism";
import type { StoredDeal } from "@countersign/store";
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
  /** `more` is what countersign.yaml says beside what it always says here, as it is written there. */
  connect(url: string, tools: CrmTools, more?: object): Crm;
  /** The same, with credentials that have been revoked. */
  connectRevoked(url: string, tools: CrmTools): Crm;
  linkField: string;
  /** An open deal at its start, and one that does not exist. */
  deal: string;
  missingDeal: string;
  /** Where contracts lead it, in order, and where only people do. */
  stages: { sent: string; viewed: string; completed: string; lost: string };
  /** The fields by which a deal tells of its contract. */
  ownFields: { contractId: string; status: string };
  /** Fields that take a contract's values: of the deal text, an amount, and its own; text of its account and its contact. */
  fields: { title: string; amount: string; account: string; contact: string; ownAmount: string };
  /** What people are shown of the deal, once the contract has been sent. */
  shown: Omit<StoredDeal, "destination" | "recordId">;
  /** How the CRM says that the day's calls are used up, and when it is asked again, in seconds. */
  dailyLimit: { status: number; body: unknown; seconds: number };
  /** Whether a deal that was merged into another is found by its old id. */
  followsMerges: boolean;
  /** How the CRM refuses a value; the message names contract_status. */
  refusal: { status: number; code: string; body: unknown };
  /** Deals in a call, and the code of a deal that a rule of the account refuses. */
  largestBatch: number;
  refusedRecordCode: string;
  /** Calls that fall under no description, for one deal and for many. */
  unjudged: string[];
  unjudgedBatches: string[];
};
