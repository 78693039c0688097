import { actionIds } from "../../blocks/action-ids.ts";
import { answer } from "../../commands/answer.ts";
import { commands } from "../../commands/index.ts";
import type { Action } from "../action.ts";

/** The buttons to the pages beside this one: the value is the command that asks for the page, which takes its place. */
export const pageAction: Action = {
  id: actionIds.page,
  async run({ value }, asking, ports) {
    const reply = await answer(value, commands, asking, ports);
    return reply.kind === "message" ? { kind: "replace", message: reply.message } : reply;
  },
};
