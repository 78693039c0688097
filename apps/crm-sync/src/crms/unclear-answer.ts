/** The CRM answered, and does not say whether it did what it was asked: it is at work on that no more. */
export class UnclearAnswer extends Error {
  override name = "UnclearAnswer";
}

/** Gateways answer with these statuses, while the CRM behind them may still be at work. */
export const gatewayGaveUp: ReadonlySet<number> = new Set([408, 502, 504]);
