import { person, type Piece } from "../blocks/answer.ts";
import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import type { Urgency } from "../home/urgency.ts";
import { connectWords } from "./connect-words.ts";
import { homeWords } from "./home-words.ts";
import { countWords } from "./name-words.ts";

/** Whose list it is, by e-mail address; null for whoever reads it. */
type Whose = string | null;

export const mineWords = {
  /** `most`: only so many were put in order. */
  heading: (whose: Whose, most: number | null) => {
    const what = whose === null ? "Your open contracts" : `Open contracts of ${address(whose)}`;
    return most === null ? what : `${what}, of the ${countWords(most, "one")} that changed last`;
  },
  group: (urgency: Urgency, isOwn: boolean) => {
    const { emoji, name } = homeWords.groups[urgency];
    return `${emoji} ${urgency === "mine" && !isOwn ? "Needs their move" : name}`;
  },
  none: (whose: Whose) =>
    whose === null
      ? "None of your contracts is open. If you send them under another address: /contract connect <e-mail address>."
      : `No contract of ${address(whose)} is open.`,
  notAPerson: "Say /contract mine for your own contracts, or /contract mine @person.",
  unknown: (userId: string | null): Piece[] =>
    userId === null
      ? [connectWords.notKnown]
      : ["Slack gives me no e-mail address of ", person(userId), "."],
};

function address(email: string): string {
  return quote(email, quoteLimits.name);
}
