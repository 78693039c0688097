import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LaunchError } from "./launch-error.ts";

/** Creates the folder for data, logs and `running.json`. Throws `LaunchError` where that is not possible. */
export async function createHome(home: string): Promise<void> {
  try {
    await mkdir(logFolder(home), { recursive: true });
  } catch (cause) {
    throw new LaunchError(
      `The folder ${home} cannot be created (${cause instanceof Error ? cause.message : String(cause)}). Make ${dirname(home)} writable, or set COUNTERSIGN_HOME to a folder that is.`,
      { cause },
    );
  }
}

export function logFolder(home: string): string {
  return join(home, "logs");
}
