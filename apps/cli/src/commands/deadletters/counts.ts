import type { countDeadLetters } from "@countersign/store";
import type { Answer } from "../command.ts";

export type Counts = Awaited<ReturnType<typeof countDeadLetters>>;

/** The answer to somebody who names a destination that never followed this database; null where it did. */
export function noSuchDestination(counts: Counts, destination: string | undefined): Answer | null {
  const names = counts.map((one) => one.destination);
  if (destination === undefined || names.includes(destination)) return null;
  const known = names.length > 0 ? `There is ${names.join(", ")}.` : "None has run yet.";
  return { exitCode: 1, text: `No destination ${destination}. ${known}` };
}
