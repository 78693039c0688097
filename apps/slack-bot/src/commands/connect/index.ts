import type { Asking, Reply } from "../../asking.ts";
import { answer } from "../../blocks/answer.ts";
import { connectAs } from "../../connecting/connect.ts";
import { readConnectAsked } from "../../connecting/decide.ts";
import { readAddress } from "../../email-address.ts";
import { personOf } from "../../acting/people.ts";
import type { Ports } from "../../ports.ts";
import { asTyped } from "../../subscriptions/slack-text.ts";
import { connectWords } from "../../words/connect-words.ts";
import type { Command } from "../command.ts";

/** `/contract connect [@person] <e-mail>`; without an address it says which one is known. */
export const connect: Command = {
  slash: "/contract",
  verb: "connect",
  words: "<e-mail address>",
  summary: "say who you are at the providers and in the CRM",
  async answer(words, asking, ports) {
    const { userId, typed } = readConnectAsked(asTyped(words));
    if (typed === "") return sayKnown(ports, asking);
    const email = readAddress(typed);
    const message =
      email === null
        ? answer(connectWords.notAnAddress(typed))
        : await connectAs(ports, asking, { userId: userId ?? asking.userId, email });
    return { kind: "message", message };
  },
};

async function sayKnown(ports: Ports, asking: Asking): Promise<Reply> {
  const { email } = await personOf(ports, asking);
  const message =
    email === null ? answer(connectWords.notKnown) : answer(...connectWords.knownAs(email));
  return { kind: "message", message };
}
