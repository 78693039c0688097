/** An open deal that a contract may belong to, as the CRM describes it. */
export type CandidateDeal = {
  recordId: string;
  name: string | null;
  /** The company that it is with. */
  account: { id: string; name: string | null; domain: string | null } | null;
  /** Addresses of people who are tied to the deal or its company. */
  contactEmails: readonly string[];
  amount: number | null;
  currency: string | null;
  ownerEmail: string | null;
  /** ISO 8601. */
  createdAt: string | null;
  closesOn: string | null;
};

/** Which open deals may be meant: those that any of this fits. */
export type CandidateQuery = {
  domains: readonly string[];
  emails: readonly string[];
  accountIds: readonly string[];
  words: readonly string[];
  amount: number | null;
};

/** `complete`: they are all that fits. Otherwise the contract's own deal may be among those that were not looked at. */
export type Candidates = { deals: CandidateDeal[]; complete: boolean };

/** Looks for deals that no custom field names. */
export type CandidateSearch = {
  find(query: CandidateQuery): Promise<Candidates>;
  /** The company of a deal; null where it has none. */
  accountOf(recordId: string): Promise<{ id: string; name: string | null } | null>;
};
