import { digestOf, type Contract } from "@countersign/core";
import type { CrmMatching } from "@countersign/service";
import { companyDomain } from "./domains.ts";
import { tellingWords } from "./words.ts";

/** What a contract says that may tell its deal from others. */
export type Evidence = {
  /** The counterparty's companies, by the signers' addresses. */
  domains: readonly string[];
  /** The signers' addresses, in small letters. */
  emails: readonly string[];
  amount: number | null;
  currency: string | null;
  title: string | null;
  titleWords: readonly string[];
  senderEmail: string | null;
  /** ISO 8601, UTC. */
  sentAt: string | null;
};

/** Whoever has the sender's domain is one of ours, and says nothing of the counterparty. */
export function evidenceOf(
  contract: Pick<Contract, "recipients" | "amount" | "title" | "sender" | "sentAt" | "createdAt">,
  { ignoreDomains }: Pick<CrmMatching, "ignoreDomains">,
): Evidence {
  const senderEmail = contract.sender?.email?.toLowerCase() ?? null;
  const own = companyDomain(senderEmail, new Set());
  const ignored = new Set([...ignoreDomains, ...(own === null ? [] : [own])]);
  const emails = contract.recipients.flatMap(({ email }) => email?.trim().toLowerCase() ?? []);
  const theirs = emails.filter((email) => email !== senderEmail && !isOwn(email, ignored));
  const domains = theirs.flatMap((email) => companyDomain(email, ignored) ?? []);
  return {
    domains: [...new Set(domains)].toSorted(),
    emails: [...new Set(theirs)].toSorted(),
    amount: contract.amount?.value ?? null,
    currency: contract.amount?.currency ?? null,
    title: contract.title,
    titleWords: tellingWords(contract.title),
    senderEmail,
    sentAt: contract.sentAt ?? contract.createdAt,
  };
}

function isOwn(email: string, ignored: ReadonlySet<string>): boolean {
  const domain = companyDomain(email, new Set());
  return domain !== null && companyDomain(email, ignored) === null;
}

/** Whether there is anything to look for at all. */
export function isTelling({ emails, amount, titleWords }: Evidence): boolean {
  return emails.length > 0 || amount !== null || titleWords.length > 0;
}

/** Names what is looked for: the same evidence, with the same learnt accounts, finds the same. */
export function evidenceDigest(evidence: Evidence, accountIds: readonly string[]): string {
  return digestOf({
    ...evidence,
    domains: [...evidence.domains],
    emails: [...evidence.emails],
    titleWords: [...evidence.titleWords],
    accountIds: accountIds.toSorted(),
  });
}
