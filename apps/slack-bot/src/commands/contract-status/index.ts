import type { Contract } from "@countersign/core";
import { mrkdwn, plain, type Message } from "../../blocks/message.ts";
import { literal, quote } from "../../blocks/text.ts";
import { quoteLimits } from "../../blocks/limits.ts";
import { renderCard } from "../../notifications/render.ts";
import { commandWords, statusWords, titleWords } from "../../blocks/words.ts";
import type { Command } from "../command.ts";

/** How many contracts a list shows. */
const atMost = 5;

/** `/contract status <words>`: the one contract that answers to the words as its card, several as a list. */
export const contractStatus: Command = {
  slash: "/contract",
  verb: "status",
  words: "<words of its title, a party or its id>",
  summary: "where a contract stands",
  async answer(words, state) {
    if (words === "") return sentence(commandWords.noWords);
    const found = await state.find(words, atMost + 1);
    const one = found.find((contract) => isNamedBy(contract, words)) ?? found[0];
    if (one === undefined) return sentence(commandWords.none(words));
    if (found.length === 1 || isNamedBy(one, words)) return renderCard(await state.cardOf(one));
    return list(found, words);
  },
};

function isNamedBy({ id, externalId }: Contract, words: string): boolean {
  return words === id || words === externalId;
}

function list(found: Contract[], words: string): Message {
  const shown = found.slice(0, atMost);
  const head = commandWords.several(shown.length, words, found.length > atMost);
  const lines = shown.map(({ status, title }) => {
    const { emoji, word } = statusWords[status];
    return `${emoji} ${word}: ${titleWords(title)}`;
  });
  return {
    text: literal([head, ...lines].join("\n")),
    blocks: [
      { type: "section", text: mrkdwn(literal(head)) },
      ...shown.map((contract, index) => entry(contract, lines[index] ?? "")),
    ],
  };
}

function entry({ id }: Contract, line: string): Message["blocks"][number] {
  const fields = [plain(line), plain(quote(id, quoteLimits.id))];
  return { type: "section", fields };
}

function sentence(text: string): Message {
  const shown = literal(text);
  return { text: shown, blocks: [{ type: "section", text: mrkdwn(shown) }] };
}
