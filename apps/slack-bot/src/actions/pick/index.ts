import { actionIds } from "../../blocks/action-ids.ts";
import { answer } from "../../commands/answer.ts";
import { commands } from "../../commands/index.ts";
import type { Action } from "../action.ts";

/**
 * A contract among several that may be meant: the value is the command that asks about it. The answer takes
 * the place of the choice, unless it is for the whole channel.
 */
export const pickAction: Action = {
  id: actionIds.pick,
  async run({ value }, asking, ports) {
    const reply = await answer(value, commands, asking, ports);
    if (reply.kind !== "message" || reply.share === true) return reply;
    return { kind: "replace", message: reply.message };
  },
};
