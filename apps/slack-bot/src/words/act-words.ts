// What is said when somebody acts on a contract. Names come in as they are, and go out quoted.

import { person, time, type Piece } from "../blocks/answer.ts";
import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { CandidateReason, DealCandidate } from "../deals/candidates.ts";
import type { ReadDealName } from "../deals/read-deal-name.ts";
import { crmTitle, dealExamples } from "../deals/read-deal-name.ts";
import type { Scope } from "../quieting/hush.ts";
import { longestSnooze } from "../quieting/read-span.ts";
import type { Reminded } from "../reminders/remind.ts";
import type { Allowed, Duty } from "../roles.ts";
import type { Tied, Untied } from "../ties/tie.ts";
import { recordWords } from "./deal-words.ts";
import { countWords, peopleWords, sentence, titleWords } from "./name-words.ts";

type Title = string | null;

const acts: Record<Duty, string> = {
  link: "link contracts to deals",
  muteForOthers: "mute a contract for a whole channel",
  subscribe: "change what a channel hears of",
  seeAmounts: "see amounts",
  remind: "send reminders",
};

/** Why somebody may not, and who may. */
export function refusedWords(duty: Duty, allowed: Allowed): string {
  return `Only ${allowedWords(allowed)} may ${acts[duty]}. Ask one of them.`;
}

function allowedWords(allowed: Allowed): string {
  if (allowed === "owner") return "the contract's owner and admins";
  return Array.isArray(allowed) ? "admins and the people named in countersign.yaml" : "admins";
}

export const contractGone = "I do not know this contract any more.";

// Links

export const linkWords = {
  noContract:
    "Say which contract, and then the deal: /contract link <contract> <deal's URL or id>.",
  noCrm:
    "No CRM is connected, so there is no deal to link to. An admin connects one in countersign.yaml.",
  modalTitle: "Link to deal",
  submit: "Link",
  about: (title: Title) => `Which deal does “${titleWords(title)}” belong to?`,
  candidates: "Deals that fit",
  crm: "CRM",
  deal: "URL or id of the deal",
  dealHint: (crms: readonly string[]) =>
    `For example ${dealExamples(crms)
      .map(({ id }) => id)
      .join(" or ")}, or what your browser shows above the deal.`,
  nothingChosen: "Choose a deal, or enter its URL or id.",
  otherCrm: (chosen: string, found: string) =>
    `That is a deal of ${crmTitle(found)}, not of ${crmTitle(chosen)}.`,
  notConnected: (crm: string) => `${quote(crm, quoteLimits.crm)} is not connected here.`,
  noContractInMessage:
    "This message is not about a contract that I know. Use /contract link <contract> <deal's URL or id>.",
};

/** Why what somebody wrote names no deal that can be linked. */
export function noDealWords(
  read: Exclude<ReadDealName, { kind: "deal" }>,
  typed: string,
  connected: readonly string[],
): string {
  const said = `“${quote(typed, quoteLimits.name)}”`;
  switch (read.kind) {
    case "other-record":
      return `${said} is in ${crmTitle(read.crm)}, but it is not one deal. Open the deal and copy its URL.`;
    case "mistyped":
      return `${said} looks like a ${recordWords(read.crm)}'s id, but a character is wrong or missing. Copy it again.`;
    case "not-connected":
      return `${said} is a deal of ${crmTitle(read.crm)}, which is not connected here. An admin connects it in countersign.yaml.`;
    case "unknown":
      return `I cannot read ${said} as a deal. Give its URL or its id. ${linkWords.dealHint(connected)}`;
  }
}

type DealSaid = { crm: string; recordId: string; name: string | null };

function dealSaid({ crm, recordId, name }: DealSaid): string {
  const called = quote(name ?? "", quoteLimits.name);
  const id = quote(recordId, quoteLimits.id);
  return `${recordWords(crm)} ${called === "" ? id : `“${called}” (${id})`}`;
}

export function tiedWords(title: Title, deal: DealSaid, tied: Tied, by: string): Piece[] {
  const about = `“${titleWords(title)}”`;
  if (tied.kind === "already") {
    return [`${about} is linked to ${dealSaid(deal)} already, by `, person(tied.by), "."];
  }
  const instead =
    tied.before === null ? "" : `, instead of ${quote(tied.before.recordId, quoteLimits.id)}`;
  return [
    person(by),
    ` linked ${about} to ${dealSaid(deal)}${instead}. The deal and the cards follow in a moment.`,
  ];
}

export function untiedWords(title: Title, untied: Untied, crm: string | null, by: string): Piece[] {
  const about = `“${titleWords(title)}”`;
  switch (untied.kind) {
    case "untied":
      return [
        person(by),
        ` unlinked ${about} from ${dealSaid(untied)}. What the deal says stays as it is; nothing more is written to it.`,
      ];
    case "none":
      return [`${about} is not linked to a deal${crm === null ? "" : ` in ${crmTitle(crm)}`}.`];
    case "which":
      return [
        `${about} is linked in ${untied.crms.map(crmTitle).join(" and ")}. Add ${untied.crms.join(" or ")} to say which one.`,
      ];
  }
}

const reasons: Record<CandidateReason, string> = {
  amount: "same amount",
  account: "its account is in the title",
  signer: "a signer's company",
  name: "similar name",
};

export function candidateWords({ name, recordId, crm }: DealSaid): string {
  const called = quote(name ?? "", quoteLimits.crm);
  return `${called === "" ? quote(recordId, quoteLimits.crm) : called} · ${crmTitle(crm)}`;
}

export function reasonWords(given: DealCandidate["reasons"]): string {
  return given
    .map((reason) => (typeof reason === "string" ? reasons[reason] : reason.said))
    .join(", ");
}

// Reminders

export function remindedWords(title: Title, provider: string, reminded: Reminded): Piece[] {
  const about = `“${titleWords(title)}”`;
  const vendor = quote(provider, quoteLimits.name);
  switch (reminded.kind) {
    case "sent":
      return [`${vendor} reminds ${peopleWords(reminded.whom)} of ${about}.`];
    case "impossible":
      return [
        `I cannot send reminders for ${about}: ${vendor} offers no such call, or countersign.yaml gives no access to it. Remind the signers there.`,
      ];
    case "ended":
      return [`${about} has ended: there is nobody to remind.`];
    case "nobody":
      return [`It is nobody's turn to sign ${about} now, so there is nobody to remind.`];
    case "too-soon":
      return [
        "The signers were reminded ",
        time(reminded.at),
        ...byWords(reminded.by),
        ". Another reminder can be sent ",
        time(reminded.again),
        ".",
      ];
    case "in-doubt":
      return [
        `I asked ${vendor} for a reminder `,
        time(reminded.at),
        ...byWords(reminded.by),
        `, and do not know whether it was sent. Look at ${vendor}, or try again `,
        time(reminded.again),
        ".",
      ];
    case "refused":
      return [
        `${vendor} does not remind the signers of ${about}. It says: ${sentence(quote(reminded.reason, quoteLimits.reason))}`,
      ];
    case "later":
      return [
        `${vendor} sends no more reminders now. Try again in ${countWords(Math.ceil(reminded.seconds / 60), "minute")}.`,
      ];
    case "unauthorized":
      return [`${vendor} does not take our credentials. Tell an admin.`];
    case "missing":
      return [`${vendor} does not know ${about} any more.`];
    case "no-answer":
      return [
        `${vendor} did not answer, so I do not know whether the reminder was sent. Look there before you try again.`,
      ];
  }
}

function byWords(userId: string | null): Piece[] {
  return userId === null ? [] : [" by ", person(userId)];
}

// Mute and snooze

const forWhom: Record<Scope, string> = { me: "for you", here: "in this channel" };

const silences: Record<Scope, string> = {
  me: "You get no direct messages and no nudges about it",
  here: "Nothing new is said about it here",
};

export const quietWords = {
  noSpan:
    "Say which contract, and for how long: /contract snooze <contract> 2h, 3d, tomorrow or monday, for example.",
  badSpan: (span: string) =>
    `I do not know how long “${quote(span, quoteLimits.crm)}” is. Say 30m, 2h, 3d, 1w, tomorrow or a day such as monday.`,
  tooLong: `A snooze ends within ${longestSnooze} days. Use mute to hear no more of it.`,
  noChannel: "Say that in a channel, or leave “here” out to do it for yourself.",
  forYouAlone: "You may not do that for the whole channel, so it is for you alone.",
};

export function mutedWords(title: Title, scope: Scope): string {
  return `“${titleWords(title)}” is muted ${forWhom[scope]}. ${silences[scope]}; its card stays true. ${undo("unmute", scope)}`;
}

export function snoozedWords(title: Title, scope: Scope, until: Date): Piece[] {
  return [
    `“${titleWords(title)}” is snoozed ${forWhom[scope]} until `,
    time(until),
    `. ${silences[scope]} until then; its card stays true. ${undo("unmute", scope)}`,
  ];
}

function undo(verb: string, scope: Scope): string {
  return `To undo it: /contract ${verb} <contract>${scope === "here" ? " here" : ""}.`;
}

export function unmutedWords(title: Title, scope: Scope, wasQuiet: boolean): string {
  const about = `“${titleWords(title)}”`;
  return wasQuiet
    ? `${about} is heard of again ${forWhom[scope]}.`
    : `${about} is not muted ${forWhom[scope]}.`;
}

// Finding a contract

export const findWords = {
  title: "Find contract",
  submit: "Find",
  words: "Title, party or id",
  hint: "Words of the title, a party's name or e-mail address, an id, or the URL of the contract or its deal.",
  show: "Show",
  showLabel: (title: Title) => `Show ${titleWords(title)}`,
  none: "No contract answers to that.",
  some: (shown: number, hasMore: boolean) =>
    hasMore
      ? `The ${shown} that changed last. Add a word to find others.`
      : `${countWords(shown, "contract")} found.`,
  close: "Close",
  back: "Back",
  cardTitle: "Contract",
};
