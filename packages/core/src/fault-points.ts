/**
 * Places where a process may die between two steps that belong together:
 * - `recording`: all statements of a transaction are done, nothing is committed
 * - `recorded`: committed, and nobody has been answered
 * - `kept`: committed to be read later, and nobody has been answered
 * - `planned`: an effect is claimed, its call not made
 * - `called`: the call is over, the effect not settled
 * - `settled`: the effect is settled, the contract not marked as followed
 */
export const faultPoints = [
  "recording",
  "recorded",
  "kept",
  "planned",
  "called",
  "settled",
] as const;

export type FaultPoint = (typeof faultPoints)[number];
