import { botToken } from "../credentials.ts";

/**
 * emulate answers 403 after a token's 5,000th call in an hour, which Slack does not. So what comes with our
 * bot's token goes on with one of these, all of the same bot, in turn.
 */
export const spareTokens = Array.from({ length: 400 }, (_, index) => `${botToken}-${index}`);

/** Answers the next of the spare tokens each time, from the first again after the last. */
export function takeTurns(): () => string {
  let turn = 0;
  return () => {
    turn = (turn + 1) % spareTokens.length;
    return spareTokens[turn] ?? botToken;
  };
}
