import { z } from "zod";
import type { Answer } from "../command.ts";

const count = (most: number) =>
  z.coerce
    .number({ error: "must be a number" })
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(most, `must be at most ${most}`);

export const ListOptions = z.object({
  destination: z.string().optional(),
  contract: z.string().optional(),
  limit: count(10_000).default(100),
});

export const RedriveOptions = z.object({
  destination: z.string({ error: "must name a destination, such as hubspot" }),
  contract: z.string().optional(),
  rate: count(10_000).default(10),
  limit: count(100_000).default(1_000),
  yes: z.boolean().default(false),
});

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
