import { domainOf, publicMail } from "../mail-domains.ts";

/** Somebody says which address is whose. */
export type Claim = {
  /** As `readAddress` has it. */
  email: string;
  /** Whose it is to be. */
  userId: string;
  /** What is known of their address so far. */
  knownAs: string | null;
  /** Whom Slack, or they themselves, say it belongs to. */
  holder: string | null;
  /** Who says so. */
  by: { userId: string; isAdmin: boolean };
};

export type ClaimVerdict =
  | { kind: "taken" }
  | { kind: "already" }
  | { kind: "not-for-others" }
  | { kind: "somebody-elses"; holder: string }
  | { kind: "other-domain"; own: string | null };

/**
 * Whether the claim is believed. Whoever has an address gets the direct messages about its contracts, so people
 * may only take one of their own company that nobody holds; admins may give any to anybody.
 */
export function judgeClaim({ email, userId, knownAs, holder, by }: Claim): ClaimVerdict {
  if (by.userId !== userId && !by.isAdmin) return { kind: "not-for-others" };
  if (knownAs?.toLowerCase() === email && holder === userId) return { kind: "already" };
  if (by.isAdmin) return { kind: "taken" };
  if (holder !== null && holder !== userId) return { kind: "somebody-elses", holder };
  const domain = domainOf(knownAs);
  const isOwn = domain !== null && domain === domainOf(email) && !publicMail.has(domain);
  return isOwn || holder === userId ? { kind: "taken" } : { kind: "other-domain", own: knownAs };
}

/** Reads `[@person] <e-mail>`, as `asTyped` gives it; `userId` null: of whoever says it. */
export function readConnectAsked(words: string): { userId: string | null; typed: string } {
  const [, userId = null, typed = ""] =
    /^(?:<@([UW][A-Z0-9]+)>)?\s*(.*)$/s.exec(words.trim()) ?? [];
  return { userId, typed: typed.trim() };
}
