import type { Contract } from "@countersign/core";
import { findDeals, readCandidates, type Reader, type StoredDeal } from "@countersign/store";
import { domainOf, publicMail } from "../mail-domains.ts";

/** A deal that a contract may belong to, and what speaks for it. */
export type DealCandidate = {
  crm: string;
  recordId: string;
  name: string | null;
  reasons: readonly (CandidateReason | { said: string })[];
};

/** What we see in the deals that we know of; crm-sync, which looks in the CRM, says its reasons in words. */
export type CandidateReason = "amount" | "account" | "signer" | "name";

/** How many are offered. */
const atMost = 5;

const mostWords = 20;

/** How many deals are compared with the contract. */
const compared = 200;

/** The deals that fit the contract best, of those CRMs: what crm-sync found, then what we know of, the best first. */
export async function findCandidates(
  reader: Reader,
  contract: Contract,
  crms: readonly string[],
): Promise<DealCandidate[]> {
  const [found, known] = await Promise.all([
    readCandidates(reader, contract.id),
    bestKnown(reader, contract, crms),
  ]);
  const offered = found
    .filter(({ destination }) => crms.includes(destination))
    .map(({ destination, recordId, shown, reasons }): DealCandidate => {
      const said = reasons.map((reason) => ({ said: reason }));
      return { crm: destination, recordId, name: shown.name, reasons: said };
    });
  const isOffered = ({ crm, recordId }: DealCandidate) =>
    offered.some((one) => one.crm === crm && one.recordId === recordId);
  return [...offered, ...known.filter((one) => !isOffered(one))].slice(0, atMost);
}

async function bestKnown(
  reader: Reader,
  contract: Contract,
  crms: readonly string[],
): Promise<DealCandidate[]> {
  const words = [...wordsOf(contract.title), ...signersWords(contract)];
  const search = { destinations: crms, words, amount: contract.amount?.value ?? null };
  return bestOf(contract, await findDeals(reader, search, compared));
}

/** Of these deals, those that fit the contract, the best first. */
export function bestOf(contract: Contract, deals: readonly StoredDeal[]): DealCandidate[] {
  return deals
    .map((deal) => ({ deal, reasons: reasonsFor(contract, deal) }))
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ deal, reasons }) => ({ deal, reasons, score: scoreOf(reasons) }))
    .toSorted((a, b) => b.score - a.score || (a.deal.recordId < b.deal.recordId ? -1 : 1))
    .slice(0, atMost)
    .map(({ deal, reasons }) => {
      return { crm: deal.destination, recordId: deal.recordId, name: deal.name, reasons };
    });
}

/** Customers share names more often than amounts. */
const weights: Record<CandidateReason, number> = { amount: 4, account: 3, signer: 3, name: 2 };

function scoreOf(reasons: readonly CandidateReason[]): number {
  return reasons.reduce((sum, reason) => sum + weights[reason], 0);
}

function reasonsFor(contract: Contract, deal: StoredDeal): CandidateReason[] {
  const title = new Set(wordsOf(contract.title));
  const account = wordsOf(deal.account);
  const name = wordsOf(deal.name);
  const signers = signersWords(contract);
  const shared = name.filter((word) => title.has(word)).length;
  const fits: Record<CandidateReason, boolean> = {
    amount: isSameAmount(contract.amount, deal),
    account: account.length > 0 && account.every((word) => title.has(word)),
    signer: signers.some((word) => account.includes(word) || name.includes(word)),
    name: shared >= 2 || (shared === 1 && Math.min(title.size, name.length) === 1),
  };
  const reasons: CandidateReason[] = ["amount", "account", "signer", "name"];
  return reasons.filter((reason) => fits[reason]);
}

function isSameAmount(
  amount: Contract["amount"],
  deal: Pick<StoredDeal, "amount" | "currency">,
): boolean {
  if (amount === null || amount.value === 0 || amount.value !== deal.amount) return false;
  return amount.currency === null || deal.currency === null || amount.currency === deal.currency;
}

/** Words that stand in the names of most contracts and deals. */
const common = new Set(
  "a an and the of for to with by in contract agreement order form deal opportunity signature document inc llc ltd gmbh corp company new".split(
    " ",
  ),
);

/** The words that tell one name from another, in small letters, at most `mostWords`. */
function wordsOf(text: string | null): string[] {
  const words = (text ?? "").toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return [...new Set(words)].filter((word) => !common.has(word)).slice(0, mostWords);
}

/** What the signers' addresses say of their companies: `acme` of `ann@acme.example`. */
function signersWords({ recipients, sender }: Contract): string[] {
  const own = domainOf(sender?.email ?? null);
  const others = recipients
    .flatMap(({ email }) => domainOf(email) ?? [])
    .filter((domain) => domain !== own && !publicMail.has(domain));
  return [...new Set(others.flatMap((domain) => wordsOf(companyIn(domain))))].slice(0, mostWords);
}

/** The longest part, the last one aside: `acme` of `mail.acme.co.uk` too. */
function companyIn(domain: string): string {
  const parts = domain.split(".").slice(0, -1);
  return parts.toSorted((a, b) => b.length - a.length)[0] ?? "";
}
