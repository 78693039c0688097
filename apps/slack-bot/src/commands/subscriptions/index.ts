import { sentenceMessage } from "../../blocks/message.ts";
import { askedChannel } from "../../subscribing/channel.ts";
import { listSubscriptions } from "../../subscribing/list.ts";
import { subscribeWords } from "../../words/subscribe-words.ts";
import type { Command } from "../command.ts";

/** `/contract subscriptions`: what this channel hears of, in words, and what is stopped and why. */
export const subscriptions: Command = {
  slash: "/contract",
  verb: "subscriptions",
  words: "",
  summary: "what this channel hears of",
  async answer(_words, asking, ports) {
    const asked = await askedChannel(ports, asking);
    const message =
      asked === null
        ? sentenceMessage(subscribeWords.noChannel)
        : await listSubscriptions(ports, asked, {
            heading: subscribeWords.heading,
            removable: false,
          });
    return { kind: "message", message };
  },
};
