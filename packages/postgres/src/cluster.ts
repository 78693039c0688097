import { randomBytes } from "node:crypto";
import { chown, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { executable } from "./binaries.ts";
import { PostgresError } from "./postgres-error.ts";
import { run, type RunAs } from "./run.ts";

export const superuser = "countersign";

/** A data folder: the cluster, and beside it the password of its superuser. */
export type Cluster = { dir: string; password: string };

/**
 * Opens the cluster in `place`, or creates it. It is created under another name first, so that an interrupted
 * start leaves nothing half made. A password rather than `trust`: every user of this machine can reach
 * 127.0.0.1, and a superuser of the database can run programs.
 */
export async function openCluster(
  place: string,
  binaries: string,
  runAs: RunAs,
  durable: boolean,
): Promise<Cluster> {
  const dir = join(place, "cluster");
  const passwordFile = join(place, "password");
  if (!(await exists(dir))) {
    await writePassword(passwordFile, runAs);
    await createCluster(dir, passwordFile, binaries, runAs, durable);
  }
  return { dir, password: (await readFile(passwordFile, "utf8")).trim() };
}

async function writePassword(file: string, { uid, gid }: RunAs): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) await chown(file, uid, gid);
}

/** The built-in locale provider gives UTF-8 on every machine, whatever locales it has installed. */
async function createCluster(
  dir: string,
  passwordFile: string,
  binaries: string,
  runAs: RunAs,
  durable: boolean,
): Promise<void> {
  const unfinished = `${dir}.creating`;
  await rm(unfinished, { recursive: true, force: true });
  const args = [
    `--pgdata=${unfinished}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
  const { code, stderr } = await run(executable(binaries, "initdb"), args, runAs);
  if (code !== 0) {
    throw new PostgresError(
      "start-failed",
      `A new database could not be created in ${dir}: ${stderr.trim().split("\n").at(-1)}`,
    );
  }
  await rename(unfinished, dir);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
