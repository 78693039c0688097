import type { Reader } from "@countersign/store";

/** What a person typed after the command's name. */
export type Arguments = { words: string[]; json: boolean };

/** `text` goes to standard output; an answer that is not what was asked for has another exit code. */
export type Answer = { exitCode: 0 | 1 | 2; text: string };

/** One thing that `countersign` can do. */
export type Command = {
  name: string;
  /** What follows the name, as help shows it. */
  usage: string;
  summary: string;
  run(reader: Reader, given: Arguments): Promise<Answer>;
};
