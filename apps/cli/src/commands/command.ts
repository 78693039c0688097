import type { Reader } from "@countersign/store";

/** What a person typed after the command's name, and what a command may use of the world. */
export type Arguments = {
  words: string[];
  json: boolean;
  /** The command's own options, as typed: text, or `true` for a switch. */
  options: Readonly<Record<string, unknown>>;
  now: () => Date;
  /** Says a line while the work goes on; it goes to standard error. */
  tell: (line: string) => void;
};

/** `text` goes to standard output; an answer that is not what was asked for has another exit code. */
export type Answer = { exitCode: 0 | 1 | 2; text: string };

/** One thing that `countersign` can do. */
export type Command = {
  name: string;
  /** What follows the name, as help shows it; a line for each form. */
  usage: readonly string[];
  summary: string;
  options?: Readonly<Record<string, Option>>;
  run(reader: Reader, given: Arguments): Promise<Answer>;
};

/** Takes a value (`string`), or is a switch (`boolean`). */
type Option = { type: "string" | "boolean"; help: string };
