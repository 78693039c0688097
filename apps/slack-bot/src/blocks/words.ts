// Every sentence that people read in Slack. Names and titles come in as they are, and go out quoted.

import type { ContractStatus, EventType } from "@countersign/core";
import type { Card, Party } from "../contracts/card.ts";
import type { Happening } from "../contracts/moments.ts";
import { quoteLimits } from "./limits.ts";
import { quote } from "./text.ts";

export const statusWords: Record<ContractStatus, { emoji: string; word: string }> = {
  draft: { emoji: "📝", word: "Draft" },
  sent: { emoji: "📨", word: "Sent" },
  viewed: { emoji: "👀", word: "Viewed" },
  partially_signed: { emoji: "✍️", word: "Partly signed" },
  completed: { emoji: "✅", word: "Completed" },
  declined: { emoji: "❌", word: "Declined" },
  voided: { emoji: "🚫", word: "Voided" },
  expired: { emoji: "⌛", word: "Expired" },
};

export function titleWords(title: string | null): string {
  const quoted = quote(title ?? "", quoteLimits.title);
  return quoted === "" ? "Untitled contract" : quoted;
}

export function personWords(name: string | null): string {
  const quoted = quote(name ?? "", quoteLimits.name);
  return quoted === "" ? "Somebody" : quoted;
}

/** The card in one sentence, for notifications and screen readers. */
export function cardSentence(card: Card): string {
  const subject = `The contract “${titleWords(card.title)}”`;
  const reason = card.reason === null ? "" : `: ${quote(card.reason, quoteLimits.reason)}`;
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

/** Closed by a full stop, unless somebody's own words have closed it. */
export function sentence(words: string): string {
  return /[.!?…]\u2069?$/.test(words) ? words : `${words}.`;
}

export function progressWords({ signed, signers }: Card): string {
  if (signers === 0) return "its signers are not known yet";
  return signed === 0 ? `nobody of ${signers} has signed` : `${signed} of ${signers} signed`;
}

/** Where a party stands, to be followed by the time. */
export function partyWords(party: Party): { emoji: string; words: string } {
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
      return { emoji: "▫️", words: party.signs ? "waiting" : "gets a copy" };
  }
}

export const cardWords = {
  from: "From",
  amount: "Amount",
  expires: "Expires",
  reason: "Reason",
  unconfirmed: (status: ContractStatus) =>
    `${statusWords[status].word}, says a webhook that nothing proves; waiting for the provider to confirm it`,
  open: "Open contract",
  openLabel: (title: string | null) => `Open the contract ${titleWords(title)}`,
  moreParties: (count: number) => `and ${count} more`,
};

const crmWords = new Map([
  ["hubspot", "HubSpot deal"],
  ["salesforce", "Salesforce opportunity"],
]);

export function dealWords(crm: string): string {
  return crmWords.get(crm) ?? crm;
}

const happeningWords: Record<EventType, (who: string) => { emoji: string; words: string }> = {
  "contract.created": () => ({ emoji: "📝", words: "The contract was created" }),
  "contract.sent": () => ({ emoji: "📨", words: "The contract was sent" }),
  "contract.viewed": () => ({ emoji: "👀", words: "The contract was viewed" }),
  "contract.completed": () => ({ emoji: "✅", words: "The contract is completed" }),
  "contract.declined": () => ({ emoji: "❌", words: "The contract was declined" }),
  "contract.voided": () => ({ emoji: "🚫", words: "The contract was voided" }),
  "contract.expired": () => ({ emoji: "⌛", words: "The contract expired" }),
  "contract.corrected": () => ({ emoji: "✏️", words: "The contract was corrected" }),
  "contract.noted": () => ({ emoji: "📝", words: "The contract was noted" }),
  "recipient.sent": (who) => ({ emoji: "📨", words: `The contract went to ${who}` }),
  "recipient.viewed": (who) => ({ emoji: "👀", words: `${who} viewed it` }),
  "recipient.signed": (who) => ({ emoji: "✍️", words: `${who} signed` }),
  "recipient.declined": (who) => ({ emoji: "❌", words: `${who} declined to sign` }),
  "recipient.reassigned": (who) => ({ emoji: "↪️", words: `${who} handed it to somebody else` }),
  "recipient.bounced": (who) => ({ emoji: "⚠️", words: `The mail to ${who} bounced` }),
  "recipient.auth_failed": (who) => ({
    emoji: "⚠️",
    words: `${who} failed to prove who they are`,
  }),
};

/** What happened, with its reason, to be followed by the time. */
export function happeningSentence({ type, who, reason }: Happening): {
  emoji: string;
  words: string;
} {
  const { emoji, words } = happeningWords[type](personWords(who));
  if (reason === null || reason.trim() === "") return { emoji, words };
  return { emoji, words: `${words}: ${quote(reason, quoteLimits.partyReason)}` };
}

export const summaryWords = {
  head: (count: number) => `${count} things happened before they could be told here`,
  more: (count: number) => `and ${count} more`,
};

export const commandWords = {
  help: "What you can ask:",
  unknownVerb: (verb: string, nearest: string | null) => {
    const said = `I do not know “${quote(verb, quoteLimits.name)}”.`;
    return nearest === null ? said : `${said} Did you mean “${nearest}”?`;
  },
  noWords: "Say which contract: a word of its title, a party's name or e-mail address, or its id.",
  none: (words: string) =>
    `No contract answers to “${quote(words, quoteLimits.name)}”. Try a word of its title, a party's name or e-mail address, or its id.`,
  several: (shown: number, words: string, hasMore: boolean) => {
    const what = hasMore ? `More than ${shown} contracts answer` : `${shown} contracts answer`;
    return `${what} to “${quote(words, quoteLimits.name)}”. Add a word to name one.`;
  },
  away: "I cannot read the contracts right now. Try again in a minute.",
};
