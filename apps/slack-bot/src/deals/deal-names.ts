/** How people write down which deal of a CRM they mean. */
export type DealNames = {
  /** The destination's id. */
  crm: string;
  /** The name people know the CRM by. */
  title: string;
  /** An id and an address as they look here, for whoever wrote something else. */
  examples: { id: string; url: string };
  /** The domain of the pages of deals; whichever host below it serves them. */
  domain: string;
  /** Null where the address is none of this CRM. */
  readUrl(url: URL): NamedDeal | null;
  /** Null where the text is no id of this CRM, not even a mistyped one. */
  readId(text: string): NamedDeal | null;
};

export type NamedDeal =
  | { kind: "deal"; recordId: string }
  /** Of this CRM, but not a deal: a contact, an account, a list of deals. */
  | { kind: "other-record" }
  /** Nearly an id: a character is wrong or missing. */
  | { kind: "mistyped" };
