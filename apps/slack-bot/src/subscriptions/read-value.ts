import { readAddress } from "../email-address.ts";
import { providers } from "@countersign/core";
import { nearestOf } from "../nearest.ts";
import { readAmountRange, type AmountRange } from "./amount-range.ts";
import { eventGroups, eventWords, readEventWords, type EventWord } from "./event-words.ts";
import type { Fault } from "./fault.ts";
import type { Owner } from "./rule.ts";

/** Who types a subscription, and what is known around them. */
export type Asker = {
  userId: string;
  /** IANA; digests are due by its clock. */
  timezone: string;
  /** Names of the configured sources, which count as providers too. */
  sources?: readonly string[];
};

/** A value as it was meant, or what is wrong with it. */
type Read<Value> = { value: Value } | Fault;

export function readEvent(typed: string): Read<readonly EventWord[]> {
  const value = readEventWords(typed);
  return value === null
    ? unknown("event", typed, [...eventWords, ...eventGroups.keys()])
    : { value };
}

export function readOwner(typed: string, asker: Asker): Read<Owner> {
  const userId = typed.toLowerCase() === "me" ? asker.userId : /^<@(\w+)>$/.exec(typed)?.[1];
  if (userId !== undefined) return { value: { userId } };
  const email = readAddress(typed);
  if (email !== null) return { value: { email } };
  return { typed, problem: "unknown-person" };
}

export function readAmount(typed: string): Read<AmountRange> {
  const value = readAmountRange(typed);
  if (value === "unreadable") return { typed, problem: "unreadable-amount" };
  return value === "empty" ? { typed, problem: "empty-range" } : { value };
}

export function readProvider(typed: string, { sources = [] }: Asker): Read<string> {
  const provider = providers.find(({ id, title }) =>
    [id, title].map(squeezed).includes(squeezed(typed)),
  );
  const value = sources.find((source) => source === typed) ?? provider?.id;
  return value === undefined
    ? unknown("provider", typed, [...providers.map(({ id }) => id), ...sources])
    : { value };
}

function squeezed(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/gu, "");
}

function unknown(key: string, typed: string, known: readonly string[]): Fault {
  return {
    typed,
    problem: "unknown-value",
    key,
    known,
    nearest: nearestOf(typed.toLowerCase(), known),
  };
}
