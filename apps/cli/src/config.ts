import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment, SettingsError } from "@countersign/service";
import { z } from "zod";

const Variables = z.object({
  DATABASE_URL: z.string().optional(),
  DATABASE_SCHEMA: z.string().default("countersign"),
  COUNTERSIGN_HOME: z.string().default(".countersign"),
});

const Running = z.object({ databaseUrl: z.string() });

/** Which database to read: DATABASE_URL, else that of the `npm start` that is running. Throws SettingsError. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  const variables = readEnvironment(Variables, environment);
  const url = variables.DATABASE_URL ?? runningDatabase(variables.COUNTERSIGN_HOME);
  return { url, schema: variables.DATABASE_SCHEMA };
}

function runningDatabase(home: string): string {
  const file = join(home, "running.json");
  try {
    return Running.parse(JSON.parse(readFileSync(file, "utf8"))).databaseUrl;
  } catch (cause) {
    throw new SettingsError(
      `No database to read: DATABASE_URL is not set, and ${file} does not name one. Set DATABASE_URL, or run npm start first.`,
      { cause },
    );
  }
}
