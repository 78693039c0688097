import type { Contract } from "@countersign/core";
import type { Condition, Mapping, Rules } from "./mapping.ts";

export type Judged = Pick<Contract, "source" | "title" | "amount" | "fields">;

/** The rules for a contract: those of the first condition that fits, else those of the section itself. */
export function chooseRules(contract: Judged, mapping: Mapping): Rules {
  const provider = mapping.providers.get(contract.source) ?? null;
  const fits = ({ when }: { when: Condition }) => holds(when, contract, provider);
  return mapping.conditional.find(fits)?.rules ?? mapping.base;
}

function holds(when: Condition, contract: Judged, provider: string | null): boolean {
  const { source, title, amount, fields } = contract;
  const value = amount?.value ?? null;
  if (when.amountFrom !== undefined && (value === null || value < when.amountFrom)) return false;
  if (when.amountBelow !== undefined && (value === null || value >= when.amountBelow)) return false;
  if (!isOneOf(amount?.currency ?? null, when.currency)) return false;
  if (!isOneOf(source, when.source) || !isOneOf(provider, when.provider)) return false;
  if (!hasWord(title ?? "", when.titleWords)) return false;
  return Object.entries(when.custom ?? {}).every(([name, wanted]) =>
    (fields[name] ?? "").split(",").some((part) => isOneOf(part, wanted)),
  );
}

function isOneOf(value: string | null, wanted: readonly string[] | undefined): boolean {
  if (wanted === undefined) return true;
  return value !== null && wanted.some((one) => plain(one) === plain(value));
}

/** Whole words: "nda" is not in "agenda". Several words in one must stand side by side. */
function hasWord(title: string, wanted: readonly string[] | undefined): boolean {
  if (wanted === undefined) return true;
  const words = ` ${wordsOf(title)} `;
  return wanted.some((one) => words.includes(` ${wordsOf(one)} `));
}

function wordsOf(text: string): string {
  return (plain(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(" ");
}

function plain(text: string): string {
  return text.trim().normalize("NFC").toLowerCase();
}
