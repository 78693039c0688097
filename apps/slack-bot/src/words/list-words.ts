import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";
import { countWords } from "./name-words.ts";

export const listWords = {
  /** The heading where a list goes on. */
  onPage: (heading: string, page: number) => (page === 1 ? heading : `${heading}, page ${page}`),
  none: "There is no such contract.",
  which: (shown: number, isAll: boolean) =>
    isAll
      ? `${countWords(shown, "contract answers", "contracts answer")} to that. Which one?`
      : `More than ${countWords(shown, "contract answers", "contracts answer")} to that. Which one? Add a word to name it.`,
  byStatus: (statuses: readonly string[]) =>
    statuses.includes("all") ? "All contracts" : `${capital(inWords(statuses))} contracts`,
  noneOf: (statuses: readonly string[]) =>
    statuses.includes("all")
      ? "There is no contract yet."
      : `There is no ${inWords(statuses, "or")} contract here.`,
  unknownStatus: (word: string, nearest: string | null, known: readonly string[]) => {
    const said = `I do not know the status “${quote(word, quoteLimits.name)}”.`;
    const meant = nearest === null ? "" : ` Did you mean “${nearest}”?`;
    return `${said}${meant} Say ${inWords(known, "or")}.`;
  },
};

/** `sent, viewed and partly signed` */
function inWords(names: readonly string[], joint = "and"): string {
  const words = names.map((name) => name.replace("-", " "));
  const last = words.pop() ?? "";
  return words.length === 0 ? last : `${words.join(", ")} ${joint} ${last}`;
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
