import type { Card } from "../contracts/card.ts";
import { sentence, titleWords } from "../words/name-words.ts";
import { nudgeWords, type NudgeKind } from "../words/nudge-words.ts";
import { statusWords } from "../words/status-words.ts";
import { cardButtons } from "./card-buttons.ts";
import { quoteLimits } from "./limits.ts";
import { mrkdwn, plain, type Message } from "./message.ts";
import { dateToken, linkTo, literal, quote } from "./text.ts";

/** A contract that has stalled. */
export type Nudge = {
  card: Card;
  kind: NudgeKind;
  /** ISO 8601 UTC: since when it has stalled; for `expiring`, when it expires. */
  at: string;
  /** Whom it waits for, by name. */
  waitsFor: readonly (string | null)[];
  /** Its owner was told before, and nothing came of it. */
  isEscalated: boolean;
};

/** What has stalled and since when, with what can be done about it. */
export function nudgeMessage({ card, kind, at, waitsFor, isEscalated }: Nudge): Message {
  const stall = nudgeWords[kind](waitsFor);
  const again = isEscalated ? ` ${nudgeWords.again}` : "";
  const emoji = kind === "expiring" ? "⏰" : "⏳";
  const time = `${kind === "expiring" ? nudgeWords.expires : nudgeWords.since} ${dateToken(at)}`;
  const title = linkTo(card.url, titleWords(card.title));
  const origin = [card.provider, card.owner, statusWords[card.status].word]
    .flatMap((part) => (part === null ? [] : quote(part, quoteLimits.name)))
    .join(" · ");
  const said = nudgeWords.sentence(titleWords(card.title), stall);
  return {
    text: literal(`${sentence(said)}${again}`),
    blocks: [
      {
        type: "section",
        text: mrkdwn(
          `${emoji} ${title} · ${literal(stall)} · ${time}${again === "" ? "" : `\n${nudgeWords.again}`}`,
        ),
      },
      { type: "context", elements: [plain(origin)] },
      ...cardButtons(card),
    ],
  };
}
