import { say } from "../../acting/say.ts";
import { unsubscribeFrom } from "../../subscribing/change.ts";
import { changeableChannel } from "../../subscribing/channel.ts";
import { listSubscriptions } from "../../subscribing/list.ts";
import { subscribeWords } from "../../words/subscribe-words.ts";
import type { Command } from "../command.ts";
import { readWhich } from "./read-which.ts";

/** `/contract unsubscribe [<number>|all]`: the one subscription of a channel; of several, it asks which. */
export const unsubscribe: Command = {
  slash: "/contract",
  verb: "unsubscribe",
  words: "[<number>|all]",
  summary: "have this channel hear less",
  async answer(words, asking, ports) {
    const asked = await changeableChannel(ports, asking);
    if (typeof asked === "string") return say(asked);
    const ids = asked.kept.map(({ id }) => id);
    const which = readWhich(words, ids);
    switch (which.kind) {
      case "these":
        return { kind: "message", message: await unsubscribeFrom(ports, asking, asked, which.ids) };
      case "unknown": {
        const said = subscribeWords.noSuchNumber(words, ids.length);
        return say(said);
      }
      case "ask": {
        const heading = subscribeWords.which;
        const message = await listSubscriptions(ports, asked, { heading, removable: true });
        return { kind: "message", message };
      }
    }
  },
};
