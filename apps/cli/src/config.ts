import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment, SettingsError, StoreVariables } from "@countersign/service";
import { z } from "zod";

const Variables = z.object({
  DATABASE_URL: StoreVariables.shape.DATABASE_URL.optional(),
  DATABASE_SCHEMA: z.string().default("countersign"),
  COUNTERSIGN_HOME: z.string().default(".countersign"),
});

const Running = z.object({
  databaseUrl: z.string(),
  /** What `npm start` gave its apps in place of real services. */
  environment: z.record(z.string(), z.string()).default({}),
});
type Running = z.infer<typeof Running>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Which database to read: DATABASE_URL, else that of the `npm start` that is running. Throws SettingsError. */
export function readConfig(environment: Environment) {
  const variables = readEnvironment(Variables, environment);
  const home = variables.COUNTERSIGN_HOME;
  const url = variables.DATABASE_URL ?? readRunning(home)?.databaseUrl;
  if (url === undefined) {
    throw new SettingsError(
      `No database to read: DATABASE_URL is not set, and ${fileIn(home)} does not name one. Set DATABASE_URL, or run npm start first.`,
    );
  }
  return { url, schema: variables.DATABASE_SCHEMA };
}

/**
 * With what an app's task runs: the environment as it is, and where `npm start` is running, its database and the
 * sandbox for each service of which nothing is set. So no credential of one goes to the other, and nothing is done
 * in the sandbox for a database of somebody else.
 */
export function errandEnvironment(environment: Environment): Environment {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const { COUNTERSIGN_HOME: home } = readEnvironment(Variables, environment);
  const running = readRunning(home);
  const { DATABASE_URL: url } = given;
  if (running === null || (url !== undefined && url !== running.databaseUrl)) return given;
  const own = new Set(Object.keys(given).map(serviceOf));
  const lent = Object.entries(running.environment).filter(([name]) => !own.has(serviceOf(name)));
  return { DATABASE_URL: running.databaseUrl, ...Object.fromEntries(lent), ...given };
}

/** `HUBSPOT` of `HUBSPOT_API_URL`. */
function serviceOf(variable: string): string {
  return variable.split("_")[0] ?? "";
}

function fileIn(home: string): string {
  return join(home, "running.json");
}

/** What `npm start` wrote down; null where it does not run. */
function readRunning(home: string): Running | null {
  try {
    return Running.parse(JSON.parse(readFileSync(fileIn(home), "utf8")));
  } catch {
    return null;
  }
}
