import type { Answer } from "@countersign/core";
import { createPause, type PauseChange } from "@countersign/store";

/** Asks a source's provider, or answers `later` in its place. */
export type Lane = <Value>(ask: () => Promise<Answer<Value>>) => Promise<Passed<Value>>;

/** What a lane hands on. */
export type Passed<Value> = Exclude<Answer<Value>, { outcome: "unauthorized" }>;

export type LaneOptions = {
  now: () => Date;
  onPause: (change: PauseChange) => void;
  /** Questions that are under way at the same time. */
  atOnce: number;
};

/** Whoever is sent away comes back so much later, and behind those who were sent away before, in milliseconds. */
const busy = { least: 5_000, apart: 250 };

/**
 * A way of its own to each provider: one that hangs, or refuses our credentials, lets those of the other sources pass.
 * A refusal of our credentials pauses the lane, and the contract comes again when that is over.
 */
export function createLane({ now, onPause, atOnce }: LaneOptions): Lane {
  const pause = createPause(now, onPause);
  let underWay = 0;
  let nextTurnAt = 0;

  function nextTurn(): number {
    const at = now().getTime();
    const turnAt = Math.max(nextTurnAt, at + busy.least);
    nextTurnAt = turnAt + busy.apart;
    return Math.ceil((turnAt - at) / 1_000);
  }

  return async (ask) => {
    const wait = pause.secondsLeft();
    if (wait > 0) return { outcome: "later", seconds: wait };
    if (underWay >= atOnce) return { outcome: "later", seconds: nextTurn() };
    underWay += 1;
    try {
      const answer = await ask();
      if (answer.outcome === "unauthorized") {
        pause.refused(answer.outcome, answer.message);
        return { outcome: "later", seconds: pause.secondsLeft() };
      }
      if (answer.outcome !== "later") pause.worked();
      return answer;
    } finally {
      underWay -= 1;
    }
  };
}
