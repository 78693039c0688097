import type { Asking, Reply } from "../asking.ts";
import type { Ports } from "../ports.ts";

/** One thing that people can ask: `<slash> <verb> <words>`. */
export type Command = {
  /** With its slash; several commands may share it. */
  slash: string;
  verb: string;
  /** The words that it takes, as help shows them. */
  words: string;
  /** What it is for, in a few words. */
  summary: string;
  /** Only those who administer Countersign see it in help, and may ask it. */
  forAdmins?: true;
  answer(words: string, asking: Asking, ports: Ports): Promise<Reply>;
};
