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

/** What every app that opens the store reads. */
export const storeVariables = {
  DATABASE_URL: z
    .string({
      error: "set it to a PostgreSQL URL, such as postgres://user:password@host/countersign",
    })
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres://"),
  DATABASE_SCHEMA: z.string().default("countersign"),
  DATABASE_BACKEND: z.enum(["postgres", "yugabytedb", "citus", "cockroachdb"]).default("postgres"),
  COUNTERSIGN_CONFIG: z.string().default("countersign.yaml"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  /** For drills, never in production: kills the app the n-th time it gets to a fault point. */
  COUNTERSIGN_DIE_AT: z
    .string()
    .regex(
      /^(recording|recorded|kept|planned|called|settled):[1-9][0-9]{0,5}$/,
      "must be a fault point and a number, such as planned:1",
    )
    .optional(),
  NODE_ENV: z.string().optional(),
};
