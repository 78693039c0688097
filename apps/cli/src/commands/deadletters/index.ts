import type { Reader } from "@countersign/store";
import type { Answer, Arguments, Command } from "../command.ts";
import { list } from "./list.ts";
import { redrive } from "./redrive.ts";

export const deadletters: Command = {
  name: "deadletters",
  usage: [
    "[--destination <name>] [--contract <id>] [--limit 100] [--json]",
    "redrive --destination <name> [--contract <id>] [--rate 10] [--limit 1000] [--yes] [--json]",
  ],
  summary:
    "Contracts that a destination was given up on after many tries; redrive tries them again",
  options: {
    destination: { type: "string", help: "Only those of this destination, such as hubspot" },
    contract: { type: "string", help: "Only those of this contract" },
    rate: { type: "string", help: "redrive: how many a second go back" },
    limit: { type: "string", help: "How many are listed, or go back" },
    yes: { type: "boolean", help: "redrive: does it; without, it says what it would do" },
  },
  run,
};

function run(reader: Reader, given: Arguments): Promise<Answer> {
  const [what, ...rest] = given.words;
  const ofRedrive = ["rate", "yes"].filter((name) => given.options[name] !== undefined);
  if (what === undefined && ofRedrive.length > 0) {
    const text = `--${ofRedrive.join(" and --")} belong to countersign deadletters redrive. Nothing was done.`;
    return Promise.resolve({ exitCode: 2, text });
  }
  if (what === undefined) return list(reader, given);
  if (what === "redrive" && rest.length === 0) return redrive(reader, given);
  const text = `Not understood: ${given.words.join(" ")}. There is countersign deadletters, and countersign deadletters redrive.`;
  return Promise.resolve({ exitCode: 2, text });
}
