import { personOf } from "../acting/people.ts";
import { say } from "../acting/say.ts";
import type { Asking, Reply } from "../asking.ts";
import { helpMessage } from "../blocks/help.ts";
import type { Ports } from "../ports.ts";
import { isAdmin } from "../roles.ts";
import { commandWords } from "../words/command-words.ts";
import type { Command } from "./command.ts";
import { parseAsked } from "./parse.ts";
import { readShowing } from "./showing.ts";

/** Answers what was typed behind a slash command with the one of `commands` that it names, or with help. */
export async function answer(
  text: string,
  commands: readonly Command[],
  asking: Asking,
  ports: Ports,
): Promise<Reply> {
  const asked = parseAsked(
    text,
    commands.map(({ verb }) => verb),
  );
  const command =
    asked.kind === "command" ? commands.find(({ verb }) => verb === asked.verb) : undefined;
  if (asked.kind === "command" && command !== undefined) {
    if (command.forAdmins === true && !(await mayAdminister(ports, asking))) {
      return say(commandWords.forAdmins);
    }
    return command.answer(asked.words, asking, ports);
  }
  const problem =
    asked.kind === "unknown" ? commandWords.unknownVerb(asked.verb, asked.nearest) : null;
  return answerHelp(text, commands, problem, { asking, ports });
}

/** Those who administer Countersign see their commands too, unless everybody in the channel is to read it. */
async function answerHelp(
  text: string,
  commands: readonly Command[],
  problem: string | null,
  { asking, ports }: { asking: Asking; ports: Ports },
): Promise<Reply> {
  const { share } = readShowing(text);
  const open = commands.filter(({ forAdmins }) => forAdmins !== true);
  const isForAll = share || open.length === commands.length;
  const offered = isForAll || !(await mayAdminister(ports, asking)) ? open : commands;
  return { kind: "message", message: helpMessage(offered, problem), share };
}

async function mayAdminister(ports: Ports, asking: Asking): Promise<boolean> {
  const { roles } = ports;
  // Where admins are named, Slack need not be asked who somebody is.
  if (roles.admins !== null) return roles.admins.includes(asking.userId);
  return isAdmin(roles, await personOf(ports, asking));
}
