import type { Router } from "express";

export type FieldValue = string | number | boolean | null;

/** One accepted write that changed something. `by` is "api" or the name of the person who edited by hand. */
export type JournalEntry = {
  /** ISO 8601, UTC. */
  at: string;
  recordId: string;
  /** Keyed by the vendor's own field name. */
  changes: Record<string, { from: FieldValue; to: FieldValue }>;
  by: string;
};

export type CallKind = "read" | "write" | "sign-in";

/** One HTTP request to the fake, whether or not it changed anything. */
export type Call = {
  at: string;
  kind: CallKind;
  method: string;
  /** Without the mount path and the query. */
  path: string;
  /** null where the caller got no answer (a hang or a dropped connection). */
  status: number | null;
};

export type DealStage = { id: string; label: string; closed: boolean; won: boolean };

/** What hangs on a deal beside its fields, oldest first. */
export type Attached = {
  /** `sha256` in hex, of what was uploaded. */
  files: { id: string; name: string; size: number; sha256: string }[];
  /** `text` as the CRM keeps it: HTML in HubSpot. `at` is ISO 8601, UTC, or a day. */
  notes: { id: string; at: string; text: string }[];
};

/** A deal in words that fit every CRM, for the sandbox page. */
export type DealView = {
  id: string;
  name: string;
  company: string;
  /** In whole units of `currency`. */
  amount: number | null;
  currency: string;
  owner: string;
  /** yyyy-mm-dd */
  closeDate: string | null;
  stageId: string;
  stageLabel: string;
  /** All stages this deal can be in, in the CRM's order. */
  stages: DealStage[];
  closed: boolean;
  contract: { status: string | null; signedDate: string | null; url: string | null };
  attached: Attached;
  /** ISO 8601, UTC. */
  updatedAt: string;
};

/** What a person can change by hand; null empties a field. */
export type DealEdit = {
  stageId?: string;
  name?: string;
  amount?: number;
  /** Of somebody who has an account there; nobody else becomes the owner. */
  ownerEmail?: string;
  contractStatus?: string | null;
  contractSignedDate?: string | null;
  contractUrl?: string | null;
};

/** A company (account) or a contact that deals belong to. */
export type RelatedView = {
  id: string;
  kind: "account" | "contact";
  /** By the vendor's own names. */
  fields: Record<string, FieldValue>;
};

export type EditOutcome = { accepted: true } | { accepted: false; reason: string };

/**
 * What the next calls meet instead of the normal answer.
 * - `rate-limited`: as the vendor says it (HubSpot 429 with Retry-After, Salesforce 403 REQUEST_LIMIT_EXCEEDED)
 * - `unauthorized`: 401 as for an expired token
 * - `server-error`: 500, nothing applied
 * - `hang`: no answer, nothing applied
 * - `drop-after-applying`: the write happens, then the connection is cut
 * - `answer`: exactly this answer, nothing applied
 */
export type Fault = FaultReach &
  (
    | { kind: "rate-limited"; retryAfterSeconds?: number }
    | { kind: "unauthorized" }
    | { kind: "server-error" }
    | { kind: "hang" }
    | { kind: "drop-after-applying" }
    | { kind: "answer"; status: number; body?: unknown; headers?: Record<string, string> }
  );

type FaultReach = {
  /** How many calls it meets. Default 1. */
  times?: number;
  /** Which calls it meets. Default: every one but signing in. */
  on?: CallKind;
};

/**
 * Why the API does not write one record, alone or among others; `null`: it does again.
 * - `refused`: a rule of the account's admin, as the vendor says it
 * - `locked`: somebody else is writing it
 */
export type RecordFault = "refused" | "locked" | null;

/** The face that both CRM fakes show to the sandbox page and to tests. */
export type CrmFake = {
  /** Serves the vendor's API; mount it anywhere. */
  router: Router;
  deals(): DealView[];
  /** How many files the CRM keeps, whether or not they hang on a deal. */
  storedFiles(): number;
  /** Oldest first. Its length is the number of real changes. */
  journal(): readonly JournalEntry[];
  /** Oldest first. Counts every request, also those that changed nothing. */
  calls(): readonly Call[];
  /** The same rules hold as for the API. */
  editAsPerson(recordId: string, edit: DealEdit, who: string): EditOutcome;
  /** Accounts and contacts. */
  related(): RelatedView[];
  /** The account, or the first contact, of a deal; null where it has none. */
  relatedOf(dealId: string, kind: RelatedView["kind"]): RelatedView | null;
  /** Changes one field of an account or contact by hand, without asking the rules. */
  editRelated(id: string, field: string, value: string, who: string): void;
  /** From now on a deal cannot be in a closed stage without this field: a rule of the account's admin. */
  requireOnceClosed(field: string): void;
  /** An admin deletes a field of the deals. */
  deleteField(field: string): void;
  /** From now on no record can be saved without this field, such as `Account.Standing__c`, also where it was empty; HubSpot has no such rule. */
  requireAlways(field: string): void;
  /** The deal is gone, also for the API. */
  deleteAsPerson(recordId: string): void;
  /**
   * A person merges a deal with another, whose values stay; the id that both then have. In HubSpot it is a new one, which
   * their old ids find. Salesforce merges no Opportunities: the one is deleted.
   */
  mergeAsPerson(recordId: string, into: string): string;
  /** Adds open deals without a contract, each of a company of its own; their ids. */
  addDeals(count: number): string[];
  /** Ends every session that was signed in to; HubSpot has none. */
  endSessions(): void;
  /** Until the reset, who has this secret is let in and nobody else: HubSpot's token, Salesforce's client secret. null: nobody. */
  setSecret(secret: string | null): void;
  /**
   * Another integration user takes the place of the present one, whose sessions end: with every grant but these, and
   * without what permission sets gave the one before. In HubSpot, the scopes of another key.
   */
  replaceUser(lacking: readonly string[]): void;
  setRecordFault(recordId: string, fault: RecordFault): void;
  /**
   * An admin takes a grant away from the API, until it is given back or the reset: a scope of HubSpot's, such as
   * `crm.objects.deals.write`; in Salesforce `Opportunity.edit`, `Account.read` and the like, a field's, such as
   * `Contract_URL__c.edit` or `Account.Last_Contract__c.read`, and `ContentVersion.create` and `Task.create`.
   */
  takeAway(grant: string): void;
  giveBack(grant: string): void;
  /** Other apps of the account have used up all but so many of the day's calls; null: the day has ended. With none left, calls are refused. */
  leaveCalls(left: number | null): void;
  /** Adds a fault; several are used up in the order they were set. */
  setFault(fault: Fault): void;
  /** Faults not used up yet. */
  faults(): readonly Fault[];
  clearFaults(): void;
  /** Back to the seeded deals, with empty journal and calls and no faults of calls or records. Sessions stay valid. */
  reset(): void;
};
