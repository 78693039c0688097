import { onTarget } from "../../acting/on-target.ts";
import { answerUnmute } from "../../quieting/answer.ts";
import { readQuietAsked, scopeWords } from "../../quieting/read-asked.ts";
import type { Command } from "../command.ts";

/** `/contract unmute <contract> [here|for me]`: ends a mute or a snooze. */
export const unmute: Command = {
  slash: "/contract",
  verb: "unmute",
  words: "<contract> [here|for me]",
  summary: "hear of a contract again",
  answer(words, asking, ports) {
    const { target, scope } = readQuietAsked(words);
    const meant = { words: target, verb: "unmute", rest: scopeWords[scope] };
    return onTarget(ports, asking, meant, async (contract) => {
      return { kind: "message", message: await answerUnmute(ports, asking, contract, scope) };
    });
  },
};
