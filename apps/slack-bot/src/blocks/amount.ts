import type { Card } from "../contracts/card.ts";
import { quoteLimits } from "./limits.ts";
import { quote } from "./text.ts";

/** With the currency's sign where it is one, by ISO 4217; else as it came. */
export function amountText({ value, currency }: NonNullable<Card["amount"]>): string {
  const isCode = currency !== null && /^[A-Z]{3}$/.test(currency);
  const style = isCode ? ({ style: "currency", currency } as const) : {};
  const number = new Intl.NumberFormat("en", style).format(value);
  const all = isCode || currency === null ? number : `${number} ${currency}`;
  return quote(all, quoteLimits.name);
}
