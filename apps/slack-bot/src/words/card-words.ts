import type { ContractStatus } from "@countersign/core";
import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { Card } from "../contracts/card.ts";
import type { Party } from "../contracts/parties.ts";
import { peopleWords, personWords, sentence, titleWords } from "./name-words.ts";
import { statusWords } from "./status-words.ts";

/** The card in one sentence or two, for notifications and screen readers. */
export function cardSentence(card: Card): string {
  const troubles = card.attention.slice(0, 1).map((party) => ` ${sentence(attentionWords(party))}`);
  return `${statusSentence(card)}${troubles.join("")}`;
}

function statusSentence(card: Card): string {
  const subject = `The contract “${titleWords(card.title)}”`;
  const reason = reasonWords(card.reason) === null ? "" : `: ${reasonWords(card.reason)}`;
  switch (card.status) {
    case "draft":
      return `${subject} is a draft.`;
    case "sent":
      return `${subject} is sent; ${progressWords(card)}.`;
    case "viewed":
      return `${subject} is sent and has been viewed; ${progressWords(card)}.`;
    case "partially_signed":
      return `${subject} is partly signed; ${progressWords(card)}.`;
    case "completed":
      return `${subject} is completed.`;
    case "declined":
      return sentence(`${subject} was declined${reason}`);
    case "voided":
      return sentence(`${subject} was voided${reason}`);
    case "expired":
      return `${subject} has expired; ${progressWords(card)}.`;
  }
}

function progressWords({ signed, signers }: Pick<Card, "signed" | "signers">): string {
  if (signers === 0) return "its signers are not known yet";
  return signed === 0 ? `nobody of ${signers} has signed` : `${signed} of ${signers} signed`;
}

/** The same beside the status; null where it was completed though not everybody is known to have signed. */
export function standingProgress(card: Card): string | null {
  return isCompletedByFew(card) ? null : progressWords(card);
}

/** One of several was enough, or a webhook with the last signature is still to come. */
function isCompletedByFew({ status, signed, signers }: Card): boolean {
  return status === "completed" && signed < signers;
}

/** What an ending means, behind its word; empty while the contract is open. */
export function endingWords(card: Card): string {
  const refusing = card.parties.filter(({ status }) => status === "declined");
  switch (card.status) {
    case "draft":
    case "sent":
    case "viewed":
    case "partially_signed":
      return "";
    case "completed":
      return isCompletedByFew(card) ? "it has the signatures it needs" : "everybody has signed";
    case "declined":
      return `${peopleWords(refusing.map(({ name }) => name))} will not sign it`;
    case "voided":
      return "it was withdrawn and can no longer be signed";
    case "expired":
      return "its time ran out before everybody had signed";
  }
}

/** Why it ended unsigned; null while it is open or where it was completed. */
export function endReasonWords(card: Card): string | null {
  const given = reasonWords(card.reason);
  switch (card.status) {
    case "draft":
    case "sent":
    case "viewed":
    case "partially_signed":
    case "completed":
      return null;
    case "declined":
    case "voided":
      return given ?? "none was given";
    case "expired":
      return (
        given ?? lateWords(card.parties.filter(({ status, signs }) => signs && status !== "signed"))
      );
  }
}

function lateWords(late: Party[]): string {
  const names = late.map(({ name }) => name);
  return names.length === 0 ? "its time ran out" : `${peopleWords(names)} had not signed`;
}

function reasonWords(reason: string | null): string | null {
  const quoted = quote(reason ?? "", quoteLimits.reason);
  return quoted === "" ? null : quoted;
}

/** What is wrong with a party that keeps an open contract from going on. */
export function attentionWords({ status, name, reason }: Party): string {
  const who = personWords(name);
  const what =
    status === "bounced" ? `the mail to ${who} bounced` : `${who} failed to prove who they are`;
  const why = quote(reason ?? "", quoteLimits.partyReason);
  return `Needs attention: ${why === "" ? what : `${what}: ${why}`}`;
}

/** Where a party stands on a contract that is open or over, to be followed by the time. */
export function partyWords(party: Party, isOpen: boolean): { emoji: string; words: string } {
  switch (party.status) {
    case "signed":
      return { emoji: "✅", words: party.signs ? "signed" : "done" };
    case "declined":
      return { emoji: "❌", words: "declined" };
    case "reassigned":
      return { emoji: "↪️", words: "handed it to somebody else" };
    case "bounced":
      return { emoji: "⚠️", words: "could not be reached" };
    case "auth_failed":
      return { emoji: "⚠️", words: "failed to prove who they are" };
    case "viewed":
      return { emoji: "👀", words: party.isNext ? "to sign next, viewed" : "viewed" };
    case "sent":
    case "pending":
      if (party.isNext) return { emoji: "⏳", words: "to sign next" };
      if (!party.signs) return { emoji: "▫️", words: "gets a copy" };
      return { emoji: "▫️", words: isOpen ? "waiting" : "did not sign" };
  }
}

export const cardWords = {
  from: "From",
  owner: "Owner",
  amount: "Amount",
  expires: "Expires",
  expiresSoon: "Expires soon",
  reason: "Reason",
  turnSince: "their turn since",
  unconfirmed: (status: ContractStatus) =>
    `${statusWords[status].word}, says a webhook that nothing proves; waiting for the provider to confirm it`,
};
