import type { Mode } from "./terms.ts";

/** What is wrong with a subscription as it was typed. `typed` is the word in question, `nearest` what may be meant. */
export type Fault = { typed: string } & (
  | { problem: "text-too-long" | "value-too-long" | "too-many-values" }
  | { problem: "open-quote" | "thousands-comma" | "unreadable-amount" | "empty-range" }
  | { problem: "unknown-person" | "unreadable-time" | "nothing-left" }
  | { problem: "no-filter" | "unknown-key"; nearest: string | null }
  | { problem: "no-value" | "signed-option" | "given-twice"; key: string }
  | { problem: "unknown-value"; key: string; nearest: string | null; known: readonly string[] }
  | { problem: "other-mode"; key: string; mode: Mode }
);
