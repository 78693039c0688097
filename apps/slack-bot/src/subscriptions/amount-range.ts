import { z } from "zod";

const Bound = z.strictObject({ value: z.number().nonnegative(), included: z.boolean() });

/** Amounts in whole units. A bound that is null is open; a currency that is null is any. */
export const AmountRange = z.strictObject({
  least: Bound.nullable(),
  most: Bound.nullable(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
});

export type AmountRange = z.infer<typeof AmountRange>;

export type Amount = { value: number; currency: string | null };

/** Whether the range holds the amount. An amount without a currency is in no range that names one. */
export function holds({ least, most, currency }: AmountRange, amount: Amount): boolean {
  if (currency !== null && amount.currency?.toUpperCase() !== currency) return false;
  const { value } = amount;
  if (least !== null && (least.included ? value < least.value : value <= least.value)) return false;
  return most === null || (most.included ? value <= most.value : value < most.value);
}

/**
 * Reads `>25k`, `<=1m`, `10k..50k`, `10k..`, `25000eur` or `€500`: an amount alone means exactly that.
 * `empty` is a range that holds nothing. A point before three digits is refused, as it may stand for a comma.
 */
export function readAmountRange(typed: string): AmountRange | "unreadable" | "empty" {
  const ends = endsOf(typed);
  const range = ends === null ? readOne(typed) : readTwo(...ends);
  if (range === null) return "unreadable";
  const { least, most } = range;
  if (least !== null && most !== null && least.value > most.value) return "empty";
  return most !== null && most.value === 0 && !most.included ? "empty" : range;
}

/** What stands before and behind dots, or between whose sides a dash stands; null where there is neither. */
function endsOf(typed: string): [string, string] | null {
  const dots = /\.{2,3}|…/u.exec(typed);
  if (dots !== null) return [typed.slice(0, dots.index), typed.slice(dots.index + dots[0].length)];
  const dash = typed.slice(1).search(/[-–—]/u) + 1;
  const isBetween = dash > 0 && dash < typed.length - 1;
  return isBetween ? [typed.slice(0, dash), typed.slice(dash + 1)] : null;
}

function readTwo(from: string, to: string): AmountRange | null {
  const [least, most] = [readAmount(from), readAmount(to)];
  if (least === null && most === null) return null;
  if ((least === null && from.trim() !== "") || (most === null && to.trim() !== "")) return null;
  const currencies = [least, most]
    .map((end) => end?.currency ?? null)
    .filter((one) => one !== null);
  if (new Set(currencies).size > 1) return null;
  return { least: included(least), most: included(most), currency: currencies[0] ?? null };
}

function readOne(typed: string): AmountRange | null {
  const [, sign = "", rest = ""] = /^(>=|<=|[><≥≤=]?)(.*)$/u.exec(typed.trim()) ?? [];
  const amount = readAmount(rest);
  if (amount === null) return null;
  const bound = { value: amount.value, included: sign !== ">" && sign !== "<" };
  const least = sign.startsWith("<") || sign === "≤" ? null : bound;
  const most = sign.startsWith(">") || sign === "≥" ? null : bound;
  return { least, most, currency: amount.currency };
}

function included(amount: Amount | null): z.infer<typeof Bound> | null {
  return amount === null ? null : { value: amount.value, included: true };
}

const amountPattern =
  /^([€£$])?(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,2}|\d{3,6}(?=[km])))?([km])?(?:([€£$])|([a-z]{3}))?$/i;

const factors: Record<string, number> = { k: 1_000, m: 1_000_000 };
const symbols: Record<string, string> = { "€": "EUR", "£": "GBP", $: "USD" };

function readAmount(typed: string): Amount | null {
  const match = amountPattern.exec(typed.replaceAll(/\s/gu, ""));
  if (match === null) return null;
  const [, before, whole = "", cents = "0", factor = "", after, code] = match;
  const value =
    Number(`${whole.replaceAll(",", "")}.${cents}`) * (factors[factor.toLowerCase()] ?? 1);
  if (before !== undefined && (after ?? code) !== undefined) return null;
  const currency = symbols[before ?? after ?? ""] ?? code?.toUpperCase() ?? null;
  return { value: Math.round(value * 100) / 100, currency };
}
