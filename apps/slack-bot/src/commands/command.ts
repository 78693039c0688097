import type { Contract } from "@countersign/core";
import type { Message } from "../blocks/message.ts";
import type { Card } from "../contracts/card.ts";

/** One thing that people can ask: `<slash> <verb> <words>`. Whoever asks alone sees the answer. */
export type Command = {
  /** With its slash; several commands may share it. */
  slash: string;
  verb: string;
  /** The words that it takes, as help shows them. */
  words: string;
  /** What it is for, in a few words. */
  summary: string;
  answer(words: string, state: State): Promise<Message>;
};

/** Our own state, as far as commands ask it. */
export type State = {
  /** The contracts that answer to the words, the best first. */
  find(words: string, limit: number): Promise<Contract[]>;
  cardOf(contract: Contract): Promise<Card>;
};
