import type { Reader } from "@countersign/store";

/** What a person typed after the command's name, and what a command may use of the world. */
export type Arguments = {
  words: string[];
  json: boolean;
  /** The command's own options, as typed: text, or `true` for a switch. */
  options: Readonly<Record<string, string | boolean | undefined>>;
  now: () => Date;
  /** Says a line while the work goes on; it goes to standard error. */
  tell: (line: string) => void;
};

/**
 * `text` goes to standard output; that of an answer which is not what was asked for, to standard error, unless
 * it is what a program waits for (`isOutput`).
 */
export type Answer = { exitCode: 0 | 1 | 2; text: string; isOutput?: boolean };

/** What an app is to do for a command, in a process of its own: apps never import each other. */
export type Errand = {
  app: "crm-sync" | "receiver" | "slack-bot";
  task: string;
  /** By the names that the task gives them. */
  options: Readonly<Record<string, string | boolean | undefined>>;
};

/** What an app says of its errand. */
export type Report = {
  is: "done" | "findings" | "refused" | "failed" | "usage";
  /** For a person. */
  text: string;
  /** The same for a program. */
  data: unknown;
  /** The same as a part of an HTML page, where it has one. */
  page?: string | undefined;
};

type Shown = {
  name: string;
  /** What follows the name, as help shows it; a line for each form. */
  usage: readonly string[];
  summary: string;
  /** What a person should know before using it, below the summary. */
  notes?: readonly string[];
  options?: Readonly<Record<string, Option>>;
};

/** Reads the database itself. */
export type ReadingCommand = Shown & { run(reader: Reader, given: Arguments): Promise<Answer> };

/** Has an app do the work. Every option that it names is the task's, or is read by `errand`. */
export type ErrandCommand = Shown & {
  errand(given: Pick<Arguments, "words" | "options">): Errand | Answer;
};

/** Has several apps do their parts, each in its turn, and makes one report of theirs. */
export type JoiningCommand = Shown & {
  join(
    given: Pick<Arguments, "words" | "options" | "tell">,
    ask: (errand: Errand) => Promise<Report>,
  ): Promise<Report>;
};

/** One thing that `countersign` can do. */
export type Command = ReadingCommand | ErrandCommand | JoiningCommand;

/** Takes a value (`string`), or is a switch (`boolean`). */
type Option = { type: "string" | "boolean"; help: string };
