import { mrkdwn, type Message } from "../blocks/message.ts";
import { literal } from "../blocks/text.ts";
import { commandWords } from "../blocks/words.ts";
import type { Command, State } from "./command.ts";
import { parseAsked } from "./parse.ts";

/** Answers what was typed behind a slash command with the one of `commands` that it names, or with help. */
export async function answer(
  text: string,
  commands: readonly Command[],
  state: State,
): Promise<Message> {
  const asked = parseAsked(
    text,
    commands.map(({ verb }) => verb),
  );
  switch (asked.kind) {
    case "help":
      return help(commands, null);
    case "unknown":
      return help(commands, commandWords.unknownVerb(asked.verb, asked.nearest));
    case "command": {
      const command = commands.find(({ verb }) => verb === asked.verb);
      if (command === undefined) return help(commands, null);
      return command.answer(asked.words, state);
    }
  }
}

function help(commands: readonly Command[], problem: string | null): Message {
  const lines = commands.map(
    ({ slash, verb, words, summary }) => `${slash} ${verb} ${words}: ${summary}`,
  );
  const text = literal([problem, commandWords.help, ...lines].filter(Boolean).join("\n"));
  return { text, blocks: [{ type: "section", text: mrkdwn(text) }] };
}
