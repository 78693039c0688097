import type { LearntAccount } from "@countersign/store";
import type { CandidateDeal } from "./candidate-deal.ts";
import { companyDomain, isWithin } from "./domains.ts";
import type { Evidence } from "./evidence.ts";
import { tellingWords } from "./words.ts";

export type ScoredCandidate = {
  recordId: string;
  /** 0: nothing speaks for it. 1: certain. */
  score: number;
  /** The strongest first. */
  reasons: string[];
  /** Something says who the counterparty is, not only what the deal looks like. */
  knowsWho: boolean;
};

type Sign = { weight: number; reason: string };

/**
 * How likely each deal is the contract's, best first. Signs of one kind count once, by the strongest; kinds are
 * taken as independent, so each leaves a part of the doubt that the others left.
 */
export function scoreCandidates(
  evidence: Evidence,
  deals: readonly CandidateDeal[],
  learnt: readonly LearntAccount[] = [],
): ScoredCandidate[] {
  return deals
    .map((deal) => score(evidence, deal, learnt))
    .toSorted((a, b) => b.score - a.score || a.recordId.localeCompare(b.recordId));
}

function score(
  evidence: Evidence,
  deal: CandidateDeal,
  learnt: readonly LearntAccount[],
): ScoredCandidate {
  const who = strongest(whoSigns(evidence, deal, learnt));
  const signs = [
    who,
    byAmount(evidence, deal),
    byWords(evidence, deal),
    byOwner(evidence, deal),
    byTime(evidence, deal),
  ]
    .filter((sign) => sign !== null)
    .toSorted((a, b) => b.weight - a.weight);
  const doubt = signs.reduce((left, { weight }) => left * (1 - weight), 1);
  return {
    recordId: deal.recordId,
    score: Math.round((1 - doubt) * 1_000) / 1_000,
    reasons: signs.map(({ reason }) => reason),
    knowsWho: who !== null,
  };
}

function strongest(signs: Sign[]): Sign | null {
  return signs.toSorted((a, b) => b.weight - a.weight)[0] ?? null;
}

function whoSigns(
  { domains, emails, titleWords }: Evidence,
  { account, contactEmails }: CandidateDeal,
  learnt: readonly LearntAccount[],
): Sign[] {
  const signs: Sign[] = [];
  const chosen = learnt.find(({ accountId }) => accountId === account?.id);
  const name = account?.name ?? null;
  if (chosen !== undefined) {
    signs.push({
      weight: 0.8,
      reason: `${name ?? "its account"} was chosen before for ${chosen.domain}`,
    });
  }
  const contacts = new Set(contactEmails.map((email) => email.toLowerCase()));
  if (emails.some((email) => contacts.has(email))) {
    signs.push({ weight: 0.65, reason: "a signer is a contact of the deal" });
  }
  const accountDomain = account?.domain ?? null;
  const same = domains.find((domain) => accountDomain !== null && isWithin(domain, accountDomain));
  if (same !== undefined) {
    signs.push({ weight: 0.55, reason: `a signer's address is at ${same}, as its account's` });
  } else if (domains.some((domain) => hasColleague(domain, contactEmails))) {
    signs.push({ weight: 0.5, reason: "a signer has the domain of the deal's contacts" });
  }
  const named = tellingWords(name);
  if (named.length > 0 && named.every((word) => titleWords.includes(word))) {
    signs.push({ weight: 0.5, reason: `the title names ${name}` });
  }
  return signs;
}

function hasColleague(domain: string, contactEmails: readonly string[]): boolean {
  return contactEmails.some((email) => companyDomain(email, new Set()) === domain);
}

function byAmount({ amount, currency }: Evidence, deal: CandidateDeal): Sign | null {
  if (amount === null || amount <= 0 || deal.amount === null) return null;
  if (currency !== null && deal.currency !== null && currency !== deal.currency) return null;
  return Math.abs(amount - deal.amount) < 0.005
    ? { weight: 0.5, reason: "the amounts are equal" }
    : null;
}

/** The part of the title's words that stand in the deal's name. */
function byWords({ titleWords }: Evidence, { name }: CandidateDeal): Sign | null {
  if (titleWords.length === 0) return null;
  const words = new Set(tellingWords(name));
  const shared = titleWords.filter((word) => words.has(word));
  if (shared.length === 0) return null;
  const part = shared.length / Math.min(titleWords.length, Math.max(words.size, 1));
  return {
    weight: 0.4 * Math.min(1, part),
    reason: `its name has ${shared.map((word) => `"${word}"`).join(", ")}`,
  };
}

function byOwner({ senderEmail }: Evidence, { ownerEmail }: CandidateDeal): Sign | null {
  if (senderEmail === null || ownerEmail?.toLowerCase() !== senderEmail) return null;
  return { weight: 0.25, reason: "its owner sent the contract" };
}

const days = 86_400_000;

/** A deal that was there when the contract went out, and was to close at about that time. */
function byTime({ sentAt }: Evidence, { createdAt, closesOn }: CandidateDeal): Sign | null {
  if (sentAt === null || createdAt === null || closesOn === null) return null;
  const sent = Date.parse(sentAt);
  const near = Math.abs(Date.parse(closesOn) - sent) <= 60 * days;
  if (!near || Date.parse(createdAt) > sent + days) return null;
  return { weight: 0.1, reason: "it was to close at about that time" };
}
