import { onTarget } from "../../acting/on-target.ts";
import { answerQuiet } from "../../quieting/answer.ts";
import { readQuietAsked, scopeWords } from "../../quieting/read-asked.ts";
import type { Command } from "../command.ts";

/** `/contract mute <contract> [here|for me]` */
export const mute: Command = {
  slash: "/contract",
  verb: "mute",
  words: "<contract> [here|for me]",
  summary: "hear no more of a contract",
  answer(words, asking, ports) {
    const { target, scope } = readQuietAsked(words);
    const meant = { words: target, verb: "mute", rest: scopeWords[scope] };
    return onTarget(ports, asking, meant, async (contract) => {
      const wish = { scope, until: null, orForMe: false };
      return { kind: "message", message: await answerQuiet(ports, asking, contract, wish) };
    });
  },
};
