import { z } from "zod";
import type { Answer } from "./command.ts";

/** A whole number from 1 on, as it is typed. */
export function count(most: number) {
  return z.coerce
    .number({ error: "must be a number" })
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(most, `must be at most ${most}`);
}

/** The options of a command, or the answer that says what is wrong with them. */
export function readOptions<Schema extends z.ZodType>(
  schema: Schema,
  typed: Readonly<Record<string, unknown>>,
): { is: "options"; options: z.infer<Schema> } | { is: "answer"; answer: Answer } {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return { is: "options", options: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => `--${path.join(".")} ${message}.`);
  return { is: "answer", answer: { exitCode: 2, text: faults.join("\n") } };
}
