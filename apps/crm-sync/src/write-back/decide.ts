import type { Effect, Ties } from "@countersign/store";
import type { Crm } from "../crms/crm.ts";
import { supersededCode } from "../settle-doubts.ts";
import { hasTried } from "../write.ts";
import { fieldWriteKind, keyOf, lastWritten, readFieldWrite } from "./field-write.ts";

/**
 * Which deal the contract is to name: the one that a rule or a person tied it to. Null: none, since a person took the
 * tie away. Undefined: that is not ours to say, since the contract has its own word, or nobody has.
 */
export function wishOf(
  { id }: Pick<Crm, "id">,
  { links, removed }: Ties,
): string | null | undefined {
  const tie = links.find(({ destination }) => destination === id);
  if (tie !== undefined) return tie.foundBy === "custom-field" ? undefined : tie.recordId;
  return removed.some(({ destination }) => destination === id) ? null : undefined;
}

/** What is to be done next about a contract's field. */
export type Next =
  | { is: "nothing" }
  /** A write was begun, and nobody knows how it ended. */
  | { is: "doubt"; effect: Effect }
  /** Look what stands there. `ours`: what Countersign wrote last, null where that is nothing. */
  | { is: "look"; key: string; wanted: string | null; ours: string | null };

/**
 * `heard` is what the contract has said of itself; `effects` are those of the contract and the queue, oldest first. What
 * was written, refused or left once is not looked at again until somebody says something else.
 */
export function decide(
  crm: Pick<Crm, "id">,
  contractId: string,
  {
    wanted,
    heard,
    effects,
  }: { wanted: string | null | undefined; heard: string | null; effects: readonly Effect[] },
): Next {
  const own = effects.filter(({ kind }) => kind === fieldWriteKind);
  const doubt = own.find(({ status, calledAt }) => status === "planned" && calledAt !== null);
  if (doubt !== undefined) return { is: "doubt", effect: doubt };
  const last = lastWritten(own);
  const ours = last === undefined ? null : readFieldWrite(last).to;
  if (wanted === undefined || wanted === ours) return { is: "nothing" };
  // Once we have written, what was heard may be our own word of then.
  if (wanted === heard && last === undefined) return { is: "nothing" };
  const wish = keyOf(crm, contractId, { wanted, since: last?.id ?? null, heard });
  const givenUp = own.filter((one) => one.code === supersededCode && hasTried(one, wish)).length;
  const key = givenUp === 0 ? wish : `${wish}/${givenUp + 1}`;
  const isSettled = own.some((effect) => effect.key === key && effect.status !== "planned");
  return isSettled ? { is: "nothing" } : { is: "look", key, wanted, ours };
}
