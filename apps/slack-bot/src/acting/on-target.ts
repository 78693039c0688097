import type { Contract } from "@countersign/core";
import type { Asking, Reply } from "../asking.ts";
import { mostChoices, pickerMessage } from "../blocks/picker.ts";
import type { Ports } from "../ports.ts";
import { commandWords } from "../words/command-words.ts";
import { cardsFor } from "./card-for.ts";
import { asMeant, findMeant } from "./find-meant.ts";
import { say } from "./say.ts";

/** Among how many contracts with its words one with that very title is looked for. */
const lookedThrough = 50;

/** Which contract is meant, and what is asked about it: a choice among several asks that again. */
export type Target = {
  words: string;
  verb: string;
  /** What stands behind the contract. */
  rest?: string;
};

/** What `act` replies about the one contract that the words name; of several, people are asked to pick one. */
export async function onTarget(
  ports: Ports,
  asking: Asking,
  { words, verb, rest = "" }: Target,
  act: (contract: Contract) => Promise<Reply>,
): Promise<Reply> {
  const meant = asMeant(words);
  if (meant === "") return say(commandWords.noWords);
  const found = await findTitled(ports, words);
  const [one] = found;
  if (one === undefined) return say(commandWords.none(meant));
  if (found.length === 1 || one.id === meant) return act(one);
  const cards = await cardsFor(ports, asking, found.slice(0, mostChoices));
  const choices = cards.map((card) => {
    return { card, value: `${verb} ${card.contractId} ${rest}`.trim() };
  });
  return { kind: "message", message: pickerMessage(choices, found.length > mostChoices) };
}

/** A title in quotes means the contracts that are called so, where there are any. */
async function findTitled(ports: Ports, words: string): Promise<Contract[]> {
  const isQuoted = /^\s*["“”„‟«»].*["“”„‟«»]\s*$/u.test(words);
  const found = await findMeant(ports, words, isQuoted ? lookedThrough : mostChoices + 1);
  if (!isQuoted) return found;
  const title = asMeant(words).toLowerCase();
  const titled = found.filter((contract) => contract.title?.trim().toLowerCase() === title);
  return titled.length > 0 ? titled : found;
}
