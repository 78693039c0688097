import type { Effect, Link } from "@countersign/store";
import { countWords } from "./name-words.ts";

/** How a delivery was proved: by a signature over its body, by a secret beside it, or by our own reading. */
export type Proof = "signature" | "secret-alone" | "read-back";

export const whyWords = {
  heading: (title: string) => `Why “${title}” is where it is`,
  deliveries: "What came in",
  state: "What follows",
  effects: "What was done",
  silences: "What was not done",
  noDeliveries: "Nothing has come in yet.",
  noEffects: "Nothing has been done yet.",
  noMore: "There is no more.",
  from: (source: string) => `from ${source}`,
  times: (count: number) => (count > 1 ? `sent ${countWords(count, "time")}` : null),
  digest: (part: string) => `digest ${part}…`,
  nothing: "nothing",
  described: "what the contract is: its title, parties and fields",
  directMessages: "a direct message",
  until: "Until",
  replaced: (name: string, before: string, after: string) => `${name}: ${before} → ${after}`,
  sentence: (title: string, status: string, deliveries: number, effects: number) =>
    `Status of “${title}”: ${status}. ${countWords(deliveries, "delivery", "deliveries")} came in, and ${countWords(effects, "thing")} followed.`,
};

/** What proves a delivery; secrets count from 1, in the order of countersign.yaml. */
export function proofWords(proof: Proof, secret: number | null): string {
  const which = secret === null ? "its secret" : `secret ${secret}`;
  switch (proof) {
    case "signature":
      return `proved by its signature with ${which}`;
    case "secret-alone":
      return `came with ${which}, which proves the sender and not the text`;
    case "read-back":
      return "we read it at the provider ourselves";
  }
}

/** What found the deal that a contract is tied to. */
export function foundByWords(foundBy: Link["foundBy"], detail: string): string {
  switch (foundBy) {
    case "custom-field":
      return `named by its custom field “${detail}”`;
    case "rule":
      return `found by the rule “${detail}”`;
    case "person":
      return "linked by a person";
  }
}

export const effectWords: Record<Effect["status"], { emoji: string; word: string }> = {
  planned: { emoji: "⏳", word: "planned" },
  done: { emoji: "✅", word: "done" },
  failed: { emoji: "❌", word: "failed" },
  skipped: { emoji: "⏭️", word: "left out" },
};

const kinds = new Map([
  ["card", "card"],
  ["card-edit", "edit of the card"],
  ["line", "line"],
  ["remind", "reminder"],
  ["deal.update", "update of the deal"],
  ["field.write", "naming of the deal in the contract"],
  ["follow", "bringing it up to date"],
  ["notice", "notice"],
]);

/** What an effect of this kind is; the kind itself where it is of another app. */
export function effectKindWords(kind: string): string {
  return kinds.get(kind) ?? kind;
}
