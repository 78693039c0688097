import { offerSubscription } from "../../subscribing/offer.ts";
import type { Command } from "../command.ts";

/** `/contract subscribe [filters] [mode:…] [broadcast:…]`: shows what it would do; a button makes it so. */
export const subscribe: Command = {
  slash: "/contract",
  verb: "subscribe",
  words:
    "[event:completed,declined] [-template:NDA] [amount:>25k] … [mode:thread|card|list|digest] [broadcast:on]",
  summary: "have this channel hear of contracts",
  async answer(words, asking, ports) {
    return { kind: "message", message: await offerSubscription(ports, asking, words) };
  },
};
