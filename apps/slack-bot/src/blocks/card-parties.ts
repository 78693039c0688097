import type { KnownBlock } from "@slack/types";
import type { Card } from "../contracts/card.ts";
import type { Party } from "../contracts/parties.ts";
import { attentionWords, cardWords, partyWords } from "../words/card-words.ts";
import { moreWords, personWords } from "../words/name-words.ts";
import { quoteLimits } from "./limits.ts";
import { fitLines, mrkdwn } from "./message.ts";
import { dateToken, literal, quote } from "./text.ts";

/** What keeps an open contract from going on, one line for each party; nothing where all is well. */
export function attentionBlock({ attention }: Card): KnownBlock[] {
  if (attention.length === 0) return [];
  const lines = attention.map((party) => `⚠️ ${literal(attentionWords(party))}`);
  return [linesBlock(lines, quoteLimits.attention, attentionRoom)];
}

const attentionRoom = 1_500;

/** Who is on the contract and where each stands. Of many, those come first who can make it go on. */
export function partiesBlock({ parties, isOpen }: Card, room: number): KnownBlock[] {
  if (parties.length === 0) return [];
  const isMany = parties.length > quoteLimits.parties;
  const shown = isMany ? parties.toSorted((a, b) => urgency(a) - urgency(b)) : parties;
  return [
    linesBlock(
      shown.map((party) => partyLine(party, isOpen)),
      quoteLimits.parties,
      room,
    ),
  ];
}

function linesBlock(lines: string[], atMost: number, room: number): KnownBlock {
  const text = fitLines(lines, atMost, room, moreWords);
  return { type: "section", text: mrkdwn(text) };
}

function urgency({ status, isNext }: Party): number {
  if (["bounced", "auth_failed", "declined"].includes(status)) return 0;
  return isNext ? 1 : 2;
}

function partyLine(party: Party, isOpen: boolean): string {
  const { emoji, words } = partyWords(party, isOpen);
  const at = party.at === null ? "" : ` ${dateToken(party.at)}`;
  const turn =
    party.turnSince === null ? "" : `, ${cardWords.turnSince} ${dateToken(party.turnSince)}`;
  const why = party.status === "signed" ? "" : quote(party.reason ?? "", quoteLimits.partyReason);
  const reason = why === "" ? "" : literal(` (${why})`);
  return `${emoji} ${literal(`${personWords(party.name)}: ${words}`)}${at}${turn}${reason}`;
}
