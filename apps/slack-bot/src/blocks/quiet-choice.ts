/** For how long a contract is to be quiet where it is asked: for good, for a day, for a week. */
export const quietSpans = ["mute", "day", "week"] as const;

export type QuietSpan = (typeof quietSpans)[number];

/** What a choice in the menu "More" means. */
export type QuietChoice = { span: QuietSpan; contractId: string };

/** As the value of a menu's option or of a button. */
export function quietValue({ span, contractId }: QuietChoice): string {
  return `${span}:${contractId}`;
}

/** Reads what `quietValue` wrote; null where it is something else. */
export function readQuietChoice(value: string): QuietChoice | null {
  const span = quietSpans.find((known) => value.startsWith(`${known}:`));
  if (span === undefined) return null;
  const contractId = value.slice(span.length + 1);
  return contractId === "" ? null : { span, contractId };
}
