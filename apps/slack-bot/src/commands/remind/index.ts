import { onTarget } from "../../acting/on-target.ts";
import { answerReminder } from "../../reminders/answer.ts";
import type { Command } from "../command.ts";

/** `/contract remind <contract>`: the provider writes to whoever is to sign. */
export const remind: Command = {
  slash: "/contract",
  verb: "remind",
  words: "<contract>",
  summary: "have the provider remind whoever is to sign",
  answer: (words, asking, ports) =>
    onTarget(ports, asking, { words, verb: "remind" }, async (contract) => {
      return { kind: "message", message: await answerReminder(ports, asking, contract) };
    }),
};
