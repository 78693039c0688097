import { resolve } from "node:path";
import { type AppName, apps } from "./apps.ts";
import { LaunchError } from "./launch-error.ts";

export type Environment = Record<string, string | undefined>;

export type Ports = Record<AppName, number>;

/** Which ports and which folder to use. Throws `LaunchError` for a port that is none. */
export function readConfig(env: Environment, root: string): { home: string; ports: Ports } {
  return {
    home: resolve(root, env["COUNTERSIGN_HOME"] || ".countersign"),
    ports: {
      sandbox: readPort(env, "sandbox"),
      slackBot: readPort(env, "slackBot"),
      crmSync: readPort(env, "crmSync"),
      receiver: readPort(env, "receiver"),
    },
  };
}

function readPort(env: Environment, app: AppName): number {
  const { portVariable, defaultPort } = apps[app];
  const given = env[portVariable];
  if (given === undefined || given === "") return defaultPort;
  const port = Number(given);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LaunchError(
    `${portVariable} is "${given}", which is no port. Set it to a number from 1 to 65535, or unset it for ${defaultPort}.`,
  );
}
