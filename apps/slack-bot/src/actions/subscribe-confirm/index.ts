import { actionIds } from "../../blocks/action-ids.ts";
import { confirmSubscription } from "../../subscribing/change.ts";
import type { Action } from "../action.ts";

/** "Subscribe" below what a subscription would do. */
export const subscribeConfirmAction: Action = {
  id: actionIds.subscribeConfirm,
  async run({ value }, asking, ports) {
    return { kind: "replace", message: await confirmSubscription(ports, asking, value) };
  },
};
