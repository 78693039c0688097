import { parseArgs } from "node:util";
import type { Answer, Arguments, Command } from "./commands/command.ts";
import { help, helpOn } from "./help.ts";

export type CommandLine =
  | { is: "answer"; answer: Answer }
  | { is: "command"; command: Command; given: Pick<Arguments, "words" | "json" | "options"> };

const everyCommands = {
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** What a person typed, read: the command to run, or the answer where there is nothing to run. */
export function readCommandLine(commands: readonly Command[], typed: string[]): CommandLine {
  const name = typed.find((word) => !word.startsWith("-"));
  if (name === undefined) return says(0, help(commands));
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    return says(2, `There is no command "${name}".\n\n${help(commands)}`);
  }
  try {
    const { values, positionals } = parseArgs({
      args: typed,
      allowPositionals: true,
      options: { ...command.options, ...everyCommands },
    });
    const { json, help: wantsHelp, ...options } = values;
    if (wantsHelp) return says(0, helpOn(command));
    return { is: "command", command, given: { words: positionals.slice(1), json, options } };
  } catch (error) {
    return says(2, `${typingFault(error)}\n\n${helpOn(command)}`);
  }
}

function says(exitCode: Answer["exitCode"], text: string): CommandLine {
  return { is: "answer", answer: { exitCode, text } };
}

/** Node's message of an option that it does not know, or that lacks its value, is written for the person. */
function typingFault(error: unknown): string {
  if (error instanceof TypeError && "code" in error) return error.message;
  throw error;
}
