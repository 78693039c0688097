import { openStatuses, signs, type Contract, type Recipient } from "@countersign/core";

/** Somebody on a contract, as people hear of them. Times are ISO 8601 UTC. */
export type Party = {
  /** Null where the provider gave neither name nor address. */
  name: string | null;
  role: string | null;
  status: Recipient["status"];
  at: string | null;
  reason: string | null;
  /** False for those who only get a copy or pass it on, and for who has handed it on. */
  signs: boolean;
  /** It is their turn. */
  isNext: boolean;
  /** Since when it is their turn, where that is known. */
  turnSince: string | null;
};

/** Everybody on the contract, in the order in which they sign. */
export function partiesOf(contract: Contract): Party[] {
  const isOut = openStatuses.has(contract.status) && contract.status !== "draft";
  const turn = isOut ? currentTurn(contract.recipients.filter(signs)) : null;
  return contract.recipients.map((recipient) => partyOf(contract, recipient, turn));
}

function partyOf(contract: Contract, recipient: Recipient, turn: number | null): Party {
  const { name, email, role, status, reason } = recipient;
  const isNext =
    signs(recipient) && isWaiting(recipient) && turn !== null && placeOf(recipient) === turn;
  return {
    name: name ?? email,
    role,
    status,
    at: timeOfStatus(recipient),
    reason,
    signs: signs(recipient),
    isNext,
    turnSince: isNext ? turnSince(contract, recipient) : null,
  };
}

function isWaiting({ status }: Recipient): boolean {
  return !["signed", "declined", "reassigned"].includes(status);
}

function placeOf({ order }: Recipient): number {
  return order ?? 0;
}

/** The place in the signing order that is to sign now; people without a place sign at any time. */
function currentTurn(signers: Recipient[]): number | null {
  const places = signers.filter(isWaiting).map(placeOf);
  return places.length === 0 ? null : places.reduce((least, place) => Math.min(least, place));
}

/** Since those before them signed; for the first, since it was sent to them. */
function turnSince(contract: Contract, recipient: Recipient): string | null {
  const before = contract.recipients.filter(
    (other) => signs(other) && placeOf(other) < placeOf(recipient),
  );
  const handedOn = lastOf(before.map(({ signedAt }) => signedAt));
  return handedOn ?? recipient.sentAt ?? contract.sentAt;
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

/** The latest of some times, ISO 8601 UTC; null where none is known. */
export function lastOf(times: (string | null)[]): string | null {
  return (
    times
      .filter((time) => time !== null)
      .toSorted()
      .at(-1) ?? null
  );
}
