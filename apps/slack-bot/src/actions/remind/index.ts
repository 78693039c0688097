import { withContract } from "../../acting/contract-by-id.ts";
import { actionIds } from "../../blocks/action-ids.ts";
import { answerReminder } from "../../reminders/answer.ts";
import type { Action } from "../action.ts";

/** The button "Send reminder"; its value is the contract's id. */
export const remindAction: Action = {
  id: actionIds.remind,
  run: ({ value }, asking, ports) =>
    withContract(ports, value, async (contract) => {
      return { kind: "message", message: await answerReminder(ports, asking, contract) };
    }),
};
