import { nearestOf } from "../nearest.ts";

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
