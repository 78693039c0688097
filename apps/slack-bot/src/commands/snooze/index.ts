import { onTarget } from "../../acting/on-target.ts";
import { personOf } from "../../acting/people.ts";
import { say } from "../../acting/say.ts";
import { answerQuiet } from "../../quieting/answer.ts";
import { readSnoozeAsked, scopeWords } from "../../quieting/read-asked.ts";
import { readSpan } from "../../quieting/read-span.ts";
import { quietWords } from "../../words/act-words.ts";
import type { Command } from "../command.ts";

/** `/contract snooze <contract> <2h|tomorrow|3d|monday> [here|for me]` */
export const snooze: Command = {
  slash: "/contract",
  verb: "snooze",
  words: "<contract> <2h|3d|tomorrow|monday> [here|for me]",
  summary: "hear nothing of a contract for a while",
  async answer(words, asking, ports) {
    const { target, span, scope } = readSnoozeAsked(words);
    if (target === "") return say(quietWords.noSpan);
    const { timezone } = await personOf(ports, asking);
    const until = readSpan(span, timezone ?? "UTC", ports.store().now());
    if (until === null) return say(quietWords.badSpan(span));
    if (until === "too-long") return say(quietWords.tooLong);
    const meant = { words: target, verb: "snooze", rest: `${span} ${scopeWords[scope]}` };
    return onTarget(ports, asking, meant, async (contract) => {
      const wish = { scope, until, orForMe: false };
      return { kind: "message", message: await answerQuiet(ports, asking, contract, wish) };
    });
  },
};
