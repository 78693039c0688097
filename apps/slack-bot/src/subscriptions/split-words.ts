/** One word of what was typed: `+key:value,"another value"`. */
export type Word = {
  /** As it stands there. */
  typed: string;
  sign: "+" | "-" | null;
  /** In lower case; null where there is no colon. */
  key: string | null;
  /** Without their quotes. */
  values: string[];
};

/**
 * The words of a text, parted by spaces. Quotes of any kind keep spaces, commas and colons; a space behind a
 * comma may go on with the next value. `open` is what follows a quote that is never closed.
 */
export function splitWords(text: string): { words: Word[]; open: string | null } {
  const quotes = [...text.matchAll(quote)];
  const last = quotes.length % 2 === 0 ? undefined : quotes.at(-1);
  const words = (text.match(pieces) ?? []).reduce<string[]>(joinAtCommas, []).map(toWord);
  return { words, open: last === undefined ? null : text.slice(last.index) };
}

const quote = /["“”„‟«»]/gu;

/** Runs without spaces outside quotes. */
const pieces = /(?:[^\s"“”„‟«»]|["“”„‟«»][^"“”„‟«»]*["“”„‟«»])+/gu;

/** `+event:sent, viewed` is one word; `+event:sent, -tag:x` is two. */
function joinAtCommas(words: string[], piece: string): string[] {
  const before = words.at(-1);
  if (before?.endsWith(",") !== true || head.test(piece)) return [...words, piece];
  return [...words.slice(0, -1), `${before} ${piece}`];
}

/** What a phone makes of a hyphen counts as one. */
const head = /^([+–—−-]?)([^:,"“”„‟«»]*):/u;

function toWord(typed: string): Word {
  const [start = "", sign = "", key] = head.exec(typed) ?? [];
  return {
    typed,
    sign: sign === "" ? null : sign === "+" ? "+" : "-",
    key: key?.trim().toLowerCase() ?? null,
    values: (typed.slice(start.length).match(parts) ?? [])
      .map((part) => part.replaceAll(quote, "").trim())
      .filter((value) => value !== ""),
  };
}

/** Runs without commas outside quotes. */
const parts = /(?:[^,"“”„‟«»]|["“”„‟«»][^"“”„‟«»]*["“”„‟«»])+/gu;
