import { once } from "node:events";
import { createServer } from "node:net";
import { type AppName, apps, appNames } from "./apps.ts";
import type { Ports } from "./config.ts";
import { LaunchError } from "./launch-error.ts";

/** Throws `LaunchError` naming the first port that an app could not have. */
export async function checkPorts(ports: Ports): Promise<void> {
  for (const app of appNames) {
    const twin = appNames.find((other) => other !== app && ports[other] === ports[app]);
    if (twin !== undefined) throw sharedPort(app, twin, ports[app]);
    if (!(await isFree(ports[app]))) throw takenPort(app, ports[app]);
  }
}

/** Free for an app that listens everywhere and for one that listens on this machine alone. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port)) && (await canListen(port, "127.0.0.1"));
}

async function canListen(port: number, host?: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, ...(host === undefined ? {} : { host }) });
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

function takenPort(app: AppName, port: number): LaunchError {
  const { title, portVariable } = apps[app];
  return new LaunchError(
    `Port ${port} for the ${title} is in use or not allowed. Stop the program that uses it, or choose another: ${portVariable}=${port + 100} npm start`,
  );
}

function sharedPort(app: AppName, twin: AppName, port: number): LaunchError {
  return new LaunchError(
    `${apps[app].portVariable} and ${apps[twin].portVariable} are both ${port}. Give each its own port.`,
  );
}
