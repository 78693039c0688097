import { onTarget } from "../../acting/on-target.ts";
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
    const asked = words.trim();
    const last = /\S+$/.exec(asked)?.[0] ?? "";
    const crm = crmNamed(last, Object.keys(ports.dealFields));
    const target = crm === null ? asked : asked.slice(0, asked.length - last.length).trim();
    const meant = { words: target, verb: "unlink", rest: crm ?? "" };
    return onTarget(ports, asking, meant, async (contract) => {
      return { kind: "message", message: await answerUntie(ports, asking, contract, crm) };
    });
  },
};
