import { openStatuses, signs, type Contract, type ContractStatus } from "@countersign/core";
import type { ContractFacts, DealFacts } from "./facts.ts";
import { lastOf, partiesOf, type Party } from "./parties.ts";

/** What a contract's card says, in no chat tool's words. Times are ISO 8601 UTC. */
export type Card = {
  contractId: string;
  title: string | null;
  provider: string;
  status: ContractStatus;
  isOpen: boolean;
  /** The status that somebody claims and the provider has not confirmed yet. */
  unconfirmed: ContractStatus | null;
  /** When it came to that status, where known. */
  since: string | null;
  reason: string | null;
  /** Whose contract it is: by name where the contract knows them, else by e-mail address. */
  owner: string | null;
  /** Who sent it, where that is not the owner. */
  sender: string | null;
  parties: Party[];
  /** Those who keep an open contract from going on: their mail bounced, or they could not prove who they are. */
  attention: Party[];
  signed: number;
  signers: number;
  /** The contract's own, else the largest of its deals'; null where it is not to be shown. */
  amount: Contract["amount"];
  /** When the provider will expire it; null once it has ended. Soon: within three days. */
  expires: { at: string; isSoon: boolean } | null;
  /** Without their amounts where these are not to be shown. */
  deals: DealFacts[];
  /** Where a person opens it; https only. */
  url: string | null;
  /** The provider can be asked now to remind whoever is to sign. */
  canRemind: boolean;
  /** The CRMs that it can be linked in now. */
  linkable: readonly string[];
};

/** What this card may show and offer, where the contract itself allows it. */
export type CardOffers = {
  showAmounts: boolean;
  /** Whether the contract's provider can be asked to remind signers at all. */
  canRemind: boolean;
  /** The configured CRMs: all of them can be linked while it has no deal, and none after. */
  linkable: readonly string[];
};

const soonInDays = 3;

export function cardOf(facts: ContractFacts, offers: CardOffers, now: Date): Card {
  const { contract, provider } = facts;
  const isOpen = openStatuses.has(contract.status);
  const signers = contract.recipients.filter(signs);
  const parties = partiesOf(contract);
  const owner = ownerOf(facts);
  const sender = contract.sender?.name ?? contract.sender?.email ?? null;
  return {
    contractId: contract.id,
    title: contract.title,
    provider: provider.title,
    status: contract.status,
    isOpen,
    unconfirmed: contract.unconfirmed,
    since: sinceOf(contract),
    reason: contract.reason,
    owner,
    sender: sender === owner ? null : sender,
    parties,
    attention: isOpen ? parties.filter(isInTrouble) : [],
    signed: signers.filter(({ signedAt }) => signedAt !== null).length,
    signers: signers.length,
    amount: offers.showAmounts ? amountOf(facts) : null,
    expires: isOpen ? expiryOf(contract, now) : null,
    deals: facts.deals.map((deal) => dealOf(deal, offers)),
    url: httpsOnly(contract.url),
    canRemind: offers.canRemind && parties.some(({ isNext }) => isNext),
    linkable: isOpen && facts.deals.length === 0 ? offers.linkable : [],
  };
}

function isInTrouble({ status }: Party): boolean {
  return status === "bounced" || status === "auth_failed";
}

function ownerOf({ contract, owner }: ContractFacts): string | null {
  const { email } = owner;
  if (email === null) return null;
  const known = [contract.sender, ...contract.recipients].find(
    (person) => person?.email?.toLowerCase() === email.toLowerCase(),
  );
  return known?.name ?? email;
}

function amountOf({ contract, deals }: ContractFacts): Contract["amount"] {
  const ofDeals = deals.flatMap(({ amount, currency }) =>
    amount === null ? [] : [{ value: amount, currency }],
  );
  return contract.amount ?? ofDeals.toSorted((a, b) => b.value - a.value)[0] ?? null;
}

function expiryOf({ expiresAt }: Contract, now: Date): Card["expires"] {
  if (expiresAt === null) return null;
  const left = Date.parse(expiresAt) - now.getTime();
  return { at: expiresAt, isSoon: left <= soonInDays * 86_400_000 };
}

function dealOf(deal: DealFacts, { showAmounts }: CardOffers): DealFacts {
  const shown = { ...deal, url: httpsOnly(deal.url) };
  return showAmounts ? shown : { ...shown, amount: null, currency: null };
}

function sinceOf(contract: Contract): string | null {
  switch (contract.status) {
    case "draft":
      return contract.createdAt;
    case "sent":
      return contract.sentAt;
    case "viewed":
      return contract.viewedAt;
    case "partially_signed":
      return lastOf(contract.recipients.map(({ signedAt }) => signedAt));
    case "completed":
      return contract.completedAt;
    case "declined":
    case "voided":
    case "expired":
      return contract.endedAt;
  }
}

function httpsOnly(url: string | null): string | null {
  const address = url === null ? null : URL.parse(url);
  return address?.protocol === "https:" ? address.href : null;
}
