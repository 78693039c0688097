/** What was typed behind a slash command. */
export type Asked =
  | { kind: "command"; verb: string; words: string }
  | { kind: "help" }
  | { kind: "unknown"; verb: string; nearest: string | null };

/** Reads `<verb> <words>`; the verb in any case. An unknown verb comes with the known one it is nearest to. */
export function parseAsked(text: string, verbs: readonly string[]): Asked {
  const asked = text.trim();
  const [typed = ""] = asked.split(/\s/u, 1);
  const words = asked.slice(typed.length).trim();
  const verb = typed.toLowerCase();
  if (verb === "" || verb === "help") return { kind: "help" };
  if (verbs.includes(verb)) return { kind: "command", verb, words };
  return { kind: "unknown", verb: typed, nearest: nearestOf(verb, [...verbs, "help"]) };
}

/** The known verb that is at most two slips away, or null. */
function nearestOf(verb: string, verbs: readonly string[]): string | null {
  if (verb.length > 20) return null;
  const near = verbs
    .map((known) => ({ known, slips: slipsBetween(verb, known) }))
    .filter(({ slips }) => slips <= 2)
    .toSorted((a, b) => a.slips - b.slips);
  return near[0]?.known ?? null;
}

/** Levenshtein's distance: letters to insert, delete or replace. */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of a.split("").entries()) {
    const next = [index + 1];
    for (const [column, other] of b.split("").entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
