import { onTarget } from "../../acting/on-target.ts";
import { splitLastWord } from "../../last-word.ts";
import { crmNamed } from "../../deals/read-deal-name.ts";
import { answerUntie } from "../../ties/answer.ts";
import type { Command } from "../command.ts";

/** `/contract unlink <contract> [hubspot|salesforce]` */
export const unlink: Command = {
  slash: "/contract",
  verb: "unlink",
  words: "<contract> [hubspot|salesforce]",
  summary: "untie a contract from its deal",
  answer(words, asking, ports) {
    const { before, last } = splitLastWord(words);
    const crm = crmNamed(last, Object.keys(ports.dealFields));
    const meant = { words: crm === null ? words : before, verb: "unlink", rest: crm ?? "" };
    return onTarget(ports, asking, meant, async (contract) => {
      return { kind: "message", message: await answerUntie(ports, asking, contract, crm) };
    });
  },
};
