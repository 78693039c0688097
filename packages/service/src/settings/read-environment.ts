import { z } from "zod";
import { SettingsError } from "./problem.ts";

/**
 * Reads an app's environment variables with its schema. An empty variable counts as not set. Throws
 * SettingsError with one line a variable.
 */
export function readEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const variable = issue.path.join(".");
    return `Environment variable ${variable}: ${issue.message}.`;
  });
  throw new SettingsError(lines.join("\n"));
}

/** A TCP port given as text; `fallback` where the variable is not set. */
export function portVariable(fallback: number) {
  return z.coerce.number().int().min(0).max(65_535).default(fallback);
}
