import type { FieldValue, Mapping, RecordKind } from "../mapping/mapping.ts";
import type { Matching } from "../matching/match-contract.ts";
import type { Causes } from "./cause.ts";
import type { Attachments, Wants } from "./attachments.ts";
import type { Fault } from "./fault.ts";
import type { IsTimely } from "./not-sent.ts";
import type { Quota } from "./quota.ts";
import type { Setup } from "./setup.ts";

/** One stage that a deal can be in. */
export type Stage = {
  id: string;
  label: string;
  closed: "won" | "lost" | null;
  /** Kept for the order's sake: no deal can move to it any more. */
  retired: boolean;
};

/** A record's fields, by name. */
export type Fields = Record<string, FieldValue | null>;

/** An account (company) or a contact that a deal belongs to, in the fields that Countersign writes. */
export type RelatedRecord = {
  recordId: string;
  fields: Fields;
  /** When it last changed, as the CRM says it. */
  changedAt: string;
};

export type ContactRecord = RelatedRecord & {
  email: string | null;
  /** The CRM calls it the deal's first contact. */
  primary: boolean;
};

/** What people want to see of a deal. Undefined: it could not be found out this time. */
type DealFacts = {
  name: string | null;
  amount: number | null;
  currency?: string | null | undefined;
  /** The account's name. */
  account?: string | null | undefined;
  ownerEmail?: string | null | undefined;
  /** Where a person opens it. */
  url?: string | null | undefined;
};

/** A deal (HubSpot) or an Opportunity (Salesforce) as it is now. */
export type Deal = {
  recordId: string;
  /** Ids of deals that were merged into it, as far as the CRM tells them: they find it too. */
  formerIds: readonly string[];
  /** null in a CRM that has one set of stages for all deals. */
  pipeline: string | null;
  pipelineLabel: string | null;
  stage: string;
  closed: Stage["closed"];
  /** Those of its pipeline, in the CRM's order. */
  stages: Stage[];
  /** The fields that Countersign writes. */
  fields: Fields;
  account: RelatedRecord | null;
  contacts: ContactRecord[];
  facts: DealFacts;
  /** When it last changed, as the CRM says it. */
  changedAt: string;
};

/** What a record is to hold; `stage` is null where it stays, and always for what is no deal. */
export type DealValues = { stage: string | null; fields: Fields };

/** A record that is written: the deal, or what it belongs to. */
export type Target = { on: RecordKind; recordId: string };

/** A CRM that Countersign keeps true. Its calls throw RetryLater, CredentialError or PermanentError; anything else is tried again. */
export type Crm = {
  id: "hubspot" | "salesforce";
  /** The contract's custom field that names the deal. */
  linkField: string;
  mapping: Mapping;
  wants: Wants;
  attachments: Attachments;
  /** What is left of the day's calls, as the CRM said it last; null before it has. */
  quota: () => Quota | null;
  /** The part of them after which Countersign waits. */
  quotaShare: number;
  /** Whether the text can be a deal's id at all, and how one looks. */
  recordIds: {
    pattern: RegExp;
    looks: string;
    /** Where an id also has a short form: the whole one. */
    whole?: (id: string) => string;
  };
  /** The deal's own fields that people are shown. */
  shownFields: { name: string; amount: string; currency: string };
  /** How deals are looked for that no custom field names; null where countersign.yaml does not say `matching`. */
  matching: Matching | null;
  /** What stands in the way of what countersign.yaml says. Throws CredentialError where the credentials are refused. */
  check(): Promise<Fault[]>;
  /** What of countersign.yaml is missing in the account and can be made there. Makes nothing by itself. */
  setup(): Promise<Setup>;
  /** What the codes of its errors stand for. */
  causes: Causes;
  /** Codes of its refusals that may come of a setting or grant that fits no more, rather than of one deal. */
  unfit: readonly string[];
  /** Runs the work on one contract. What all that run at once read and write goes out in few calls. */
  together<Result>(work: () => Promise<Result>): Promise<Result>;
  /** null where there is no such deal, or no more. */
  readDeal(recordId: string): Promise<Deal | null>;
  /**
   * Writes all values to the deal, or to a record that it belongs to, or none. Where the CRM can tell,
   * "changed-meanwhile" says that the record is not as it was read. Throws NotSent where it would be sent when it is
   * not timely any more.
   */
  writeDeal(
    deal: Deal,
    values: DealValues,
    target?: Target,
    isTimely?: IsTimely,
  ): Promise<"written" | "changed-meanwhile">;
};
