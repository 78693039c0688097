/** What became of something a person did. `answer` is what the bot's acknowledgement said. */
export type Outcome =
  | { done: true; ms: number; answer: unknown }
  | {
      done: false;
      /** A sentence for the person. */
      reason: string;
      /** What is wrong with which block of a modal. */
      errors?: Record<string, string>;
    };

export function undone(reason: string): Outcome {
  return { done: false, reason };
}
