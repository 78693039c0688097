import type { ContractStatus } from "@countersign/core";

/** One stage that a deal can be in. */
export type Stage = {
  id: string;
  label: string;
  closed: "won" | "lost" | null;
  /** Kept for the order's sake: no deal can move to it any more. */
  retired: boolean;
};

/** A deal (HubSpot) or an Opportunity (Salesforce) as it is now. */
export type Deal = {
  recordId: string;
  /** null in a CRM that has one set of stages for all deals. */
  pipeline: string | null;
  stage: string;
  closed: Stage["closed"];
  /** Those of its pipeline, in the CRM's order. */
  stages: Stage[];
  /** The fields that Countersign writes, by name. */
  fields: Record<string, string | null>;
  /** When it last changed, as the CRM says it. */
  changedAt: string;
};

/** What a deal is to hold; `stage` is null where it stays. */
export type DealValues = { stage: string | null; fields: Record<string, string> };

/** The stages that contracts lead to in one pipeline. */
export type StageMapping = {
  pipeline: string | null;
  /** Where it stands in countersign.yaml, such as `hubspot.pipelines.default`. */
  place: string;
  stages: Partial<Record<ContractStatus, string>>;
};

/** What countersign.yaml says of a CRM's deals. */
export type Mapping = {
  stages: StageMapping[];
  fields: {
    status?: string | undefined;
    signedDate?: string | undefined;
    url?: string | undefined;
  };
};

/** A CRM that Countersign keeps true. Its calls throw RetryLater, CredentialError or PermanentError; anything else is tried again. */
export type Crm = {
  id: "hubspot" | "salesforce";
  /** The contract's custom field that names the deal. */
  linkField: string;
  mapping: Mapping;
  /** Whether the text can be a deal's id at all, and how one looks. */
  recordIds: { pattern: RegExp; looks: string };
  /** What in countersign.yaml this account cannot do, a line each. Also proves that the credentials work. */
  check(): Promise<string[]>;
  /** Runs the work on one contract. What all that run at once read and write goes out in few calls. */
  together<Result>(work: () => Promise<Result>): Promise<Result>;
  /** null where there is no such deal, or no more. */
  readDeal(recordId: string): Promise<Deal | null>;
  /** Writes all values or none. Where the CRM can tell, "changed-meanwhile" says that the deal is not as it was read. */
  writeDeal(deal: Deal, values: DealValues): Promise<"written" | "changed-meanwhile">;
};
