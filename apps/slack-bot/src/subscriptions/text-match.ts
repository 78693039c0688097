/** Text as it is compared: without case, compatibility forms and surplus spaces. */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ").trim();
}

/** Whether the two are the same whole value. */
export function isSameText(a: string, b: string): boolean {
  return foldText(a) === foldText(b);
}

/**
 * Whether the words of `wanted` stand in `text` in this order, next to each other, as whole words: “NDA” is
 * in “Mutual NDA (2026)” and not in “Agenda”. Writing without spaces between words is looked for anywhere.
 */
export function hasWords(text: string, wanted: string): boolean {
  const needle = wordsOf(wanted);
  if (needle === "") return isSameText(text, wanted);
  if (unspaced.test(needle)) return foldText(text).includes(foldText(wanted));
  return ` ${wordsOf(text)} `.includes(` ${needle} `);
}

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

function wordsOf(text: string): string {
  return (foldText(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(" ");
}
