import { withContract } from "../../acting/contract-by-id.ts";
import { actionIds } from "../../blocks/action-ids.ts";
import { readQuietChoice, type QuietSpan } from "../../blocks/quiet-choice.ts";
import { answerQuiet } from "../../quieting/answer.ts";
import type { Action } from "../action.ts";

/** In hours; null for good. */
const lengths: Record<QuietSpan, number | null> = { mute: null, day: 24, week: 7 * 24 };

/**
 * The menu "More" of a card: quiet for whom the card stands before, the channel or the person; for whoever may
 * not say that for a channel, for themselves.
 */
export const quietAction: Action = {
  id: actionIds.quiet,
  async run({ value }, asking, ports) {
    const choice = readQuietChoice(value);
    if (choice === null) return { kind: "nothing" };
    return withContract(ports, choice.contractId, async (contract) => {
      const hours = lengths[choice.span];
      const now = ports.store().now().getTime();
      const until = hours === null ? null : new Date(now + hours * 3_600_000);
      const wish = {
        scope: asking.channel === null ? "me" : "here",
        until,
        orForMe: true,
      } as const;
      return { kind: "message", message: await answerQuiet(ports, asking, contract, wish) };
    });
  },
};
