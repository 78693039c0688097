import { slackLimits } from "./limits.ts";
import { cut, lineSections, mrkdwn, type Message } from "./message.ts";
import { literal } from "./text.ts";
import { commandWords } from "../words/command-words.ts";
import { moreWords, sentence } from "../words/name-words.ts";
import type { Command } from "../commands/command.ts";

/** What can be asked; `problem` says why it is shown, where that is not what was asked for. */
export function helpMessage(commands: readonly Command[], problem: string | null): Message {
  const head = [problem, commandWords.help].filter((said) => said !== null).join(" ");
  const lines = commands.map((command) => {
    return `\`${literal(usageOf(command))}\` ${literal(command.summary)}`;
  });
  const spoken = commands.map((command) => sentence(`${usageOf(command)}: ${command.summary}`));
  return {
    text: cut(literal([head, ...spoken, commandWords.helpEnd].join("\n")), slackLimits.messageText),
    blocks: [
      { type: "section", text: mrkdwn(literal(head)) },
      ...lineSections(lines, {
        atMost: lines.length,
        room: slackLimits.allBlocks - 2_000,
        more: moreWords,
      }),
      { type: "section", text: mrkdwn(literal(commandWords.helpEnd)) },
    ],
  };
}

function usageOf({ slash, verb, words }: Command): string {
  return `${slash} ${verb} ${words}`.trim();
}
