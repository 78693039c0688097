import { actionIds } from "../../blocks/action-ids.ts";
import { sentenceMessage } from "../../blocks/message.ts";
import { unsubscribeFrom } from "../../subscribing/change.ts";
import { changeableChannel } from "../../subscribing/channel.ts";
import type { Action } from "../action.ts";

/** "Unsubscribe" beside one of a channel's subscriptions. */
export const unsubscribeAction: Action = {
  id: actionIds.unsubscribe,
  async run({ value }, asking, ports) {
    const asked = await changeableChannel(ports, asking);
    if (typeof asked === "string") return { kind: "replace", message: sentenceMessage(asked) };
    return { kind: "replace", message: await unsubscribeFrom(ports, asking, asked, [value]) };
  },
};
