import type { Noise } from "@countersign/store";
import { kinds } from "../notifications/ledger.ts";
import type { Hearing } from "../ports.ts";

export type Budget = Hearing["noise"];

/** What people see as messages; edits of a card, notices and digests are none. */
export const noisyKinds: readonly string[] = [kinds.card, kinds.line];

/** From when on messages count, at that time. */
export function windowStart({ minutes }: Budget, now: Date): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

/** `posts`: what the channel had, or would have had, in the window. */
export function isTooLoud(posts: number, { messages }: Budget): boolean {
  return posts > messages;
}

/** What is to be done about a channel that is loud, or was until lately. */
export type NoiseStep = {
  /** It is calm from now on. */
  ends: boolean;
  /** What was left unsaid up to then is to be summed up now. */
  sumTo: Date | null;
  /** It has been calm for so long that nothing can be left to sum up. */
  isOver: boolean;
};

/** What was left unsaid a moment ago may not be written down yet, in milliseconds. */
const writingTakes = 5_000;

/** For so long after it calmed something may still be left unsaid by who had not heard of that, in milliseconds. */
const lingersFor = 3 * 60_000;

/**
 * A channel is calm again at half its budget, so that it does not change to and fro. While it is loud, it is summed
 * up once in a window; when it has calmed, at once.
 */
export function nextStep(
  noise: Pick<Noise, "calmedAt" | "summedTo">,
  posts: number,
  budget: Budget,
  now: Date,
): NoiseStep {
  const { calmedAt, summedTo } = noise;
  const ends = calmedAt === null && posts <= budget.messages / 2;
  const isCalm = ends || calmedAt !== null;
  const written = new Date(now.getTime() - writingTakes);
  const isDue = isCalm || summedTo <= windowStart(budget, now);
  return {
    ends,
    sumTo: isDue && written > summedTo ? written : null,
    isOver: calmedAt !== null && now.getTime() - calmedAt.getTime() > lingersFor,
  };
}
