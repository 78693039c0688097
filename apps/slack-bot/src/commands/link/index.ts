import { findMeant } from "../../acting/find-meant.ts";
import { onTarget } from "../../acting/on-target.ts";
import { say } from "../../acting/say.ts";
import type { Asking, Reply } from "../../asking.ts";
import type { Ports } from "../../ports.ts";
import { answerTie } from "../../ties/answer.ts";
import { askForDeal } from "../../ties/ask.ts";
import { linkWords, noDealWords } from "../../words/act-words.ts";
import type { Command } from "../command.ts";
import { readLinkAsked } from "./read-asked.ts";

/** `/contract link <contract> <deal>`; without a deal a modal asks for it. */
export const link: Command = {
  slash: "/contract",
  verb: "link",
  words: "<contract> <deal's URL or id>",
  summary: "tie a contract to a deal",
  async answer(words, asking, ports) {
    const connected = Object.keys(ports.dealFields);
    if (connected.length === 0) return say(linkWords.noCrm);
    const { target, typed, deal } = readLinkAsked(words, connected);
    if (deal.kind === "unknown") return linkWithoutDeal(words, asking, ports, typed);
    if (target === "") return say(linkWords.noContract);
    if (deal.kind !== "deal") return say(noDealWords(deal, typed, connected));
    const meant = { words: target, verb: "link", rest: deal.recordId };
    return onTarget(ports, asking, meant, async (contract) => {
      return { kind: "message", message: await answerTie(ports, asking, contract, deal) };
    });
  },
};

/** All of the words may name the contract; else the last one was meant as the deal. */
async function linkWithoutDeal(
  words: string,
  asking: Asking,
  ports: Ports,
  typed: string,
): Promise<Reply> {
  if (words.trim() === "") return say(linkWords.noContract);
  const isContract = typed === words.trim() || (await findMeant(ports, words, 1)).length > 0;
  if (!isContract)
    return say(noDealWords({ kind: "unknown" }, typed, Object.keys(ports.dealFields)));
  return onTarget(ports, asking, { words, verb: "link" }, (contract) =>
    askForDeal(ports, asking, contract),
  );
}
