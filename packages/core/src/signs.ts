import type { Recipient } from "./recipient.ts";

/** Who only reads, in any spelling: a platform of Standard Webhooks, too, says it as it likes. */
const readers = /^(cc|carbon[ _-]?copy|copy|viewer|observer|certified (delivery|recipient))$/i;

/**
 * Who passes it on, prepares or seals it, in the words that our providers' folders give. Only as they stand: where
 * roles are a template's own words, the party that signs first may well be called “Sender”.
 */
const helpers = /^(agent|editor|intermediary|seal|assistant|share|sender|delegate to .*)$/;

/** Whether they sign, or have signed: nobody who only reads or passes it on, nobody who has handed it on. */
export function signs({ role, status }: Pick<Recipient, "role" | "status">): boolean {
  const word = role?.trim() ?? "";
  return status !== "reassigned" && !readers.test(word) && !helpers.test(word);
}
