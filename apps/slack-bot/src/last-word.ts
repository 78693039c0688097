/** The last word of a text, and what stands before it; both empty where there is none. */
export function splitLastWord(text: string): { before: string; last: string } {
  const typed = text.trim();
  const last = typed.split(/\s/u).at(-1) ?? "";
  return { before: typed.slice(0, typed.length - last.length).trim(), last };
}
