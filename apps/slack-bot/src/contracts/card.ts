import {
  openStatuses,
  type Contract,
  type ContractStatus,
  type Recipient,
} from "@countersign/core";

/** What a contract's card says, in no chat tool's words. Times are ISO 8601 UTC. */
export type Card = {
  contractId: string;
  title: string | null;
  provider: string;
  status: ContractStatus;
  /** The status that somebody claims and the provider has not confirmed yet. */
  unconfirmed: ContractStatus | null;
  /** When it came to that status, where known. */
  since: string | null;
  reason: string | null;
  sender: string | null;
  parties: Party[];
  signed: number;
  signers: number;
  amount: Contract["amount"];
  /** When the provider will expire it; null once it has ended. */
  expiresAt: string | null;
  deals: Deal[];
  /** Where a person opens it; https only. */
  url: string | null;
};

export type Party = {
  /** Null where the provider gave neither name nor address. */
  name: string | null;
  role: string | null;
  status: Recipient["status"];
  at: string | null;
  reason: string | null;
  /** False for those who only get a copy. */
  signs: boolean;
  /** It is their turn. */
  isNext: boolean;
};

/** A CRM's record of this contract. */
export type Deal = { crm: string; recordId: string };

/** Roles that sign nothing. */
const onlookers = new Set(["cc", "carbon copy", "viewer", "agent", "editor", "intermediary"]);

export function cardOf(contract: Contract, provider: string, deals: Deal[]): Card {
  const isOpen = openStatuses.has(contract.status);
  const signers = contract.recipients.filter(signs);
  const turn = isOpen && contract.status !== "draft" ? currentTurn(signers) : null;
  return {
    contractId: contract.id,
    title: contract.title,
    provider,
    status: contract.status,
    unconfirmed: contract.unconfirmed,
    since: sinceOf(contract),
    reason: contract.reason,
    sender: contract.sender?.name ?? contract.sender?.email ?? null,
    parties: contract.recipients.map((recipient) => partyOf(recipient, turn)),
    signed: signers.filter(({ signedAt }) => signedAt !== null).length,
    signers: signers.length,
    amount: contract.amount,
    expiresAt: isOpen ? contract.expiresAt : null,
    deals,
    url: httpsOnly(contract.url),
  };
}

function signs({ role }: Recipient): boolean {
  return role === null || !onlookers.has(role.toLowerCase());
}

function isWaiting({ status }: Recipient): boolean {
  return !["signed", "declined", "reassigned"].includes(status);
}

/** The place in the signing order that is to sign now; people without a place sign at any time. */
function currentTurn(signers: Recipient[]): number | null {
  const places = signers.filter(isWaiting).map(({ order }) => order ?? 0);
  return places.length === 0 ? null : places.reduce((least, place) => Math.min(least, place));
}

function partyOf(recipient: Recipient, turn: number | null): Party {
  const { name, email, role, status, reason } = recipient;
  const isNext =
    signs(recipient) && isWaiting(recipient) && turn !== null && (recipient.order ?? 0) === turn;
  return {
    name: name ?? email,
    role,
    status,
    at: timeOfStatus(recipient),
    reason,
    signs: signs(recipient),
    isNext,
  };
}

function timeOfStatus(recipient: Recipient): string | null {
  switch (recipient.status) {
    case "sent":
      return recipient.sentAt;
    case "viewed":
      return recipient.viewedAt;
    case "signed":
      return recipient.signedAt;
    case "declined":
      return recipient.declinedAt;
    case "pending":
    case "reassigned":
    case "bounced":
    case "auth_failed":
      return null;
  }
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

function lastOf(times: (string | null)[]): string | null {
  return (
    times
      .filter((time) => time !== null)
      .toSorted()
      .at(-1) ?? null
  );
}

function httpsOnly(url: string | null): string | null {
  return url !== null && URL.parse(url)?.protocol === "https:" ? url : null;
}
