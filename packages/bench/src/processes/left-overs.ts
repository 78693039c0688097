import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "@countersign/postgres";
import { root } from "./start-process.ts";

/** Where each run keeps its data, in a folder named by its process. */
export const folder = join(root, ".countersign");

/** Removes what runs left that were killed. Throws where a database of such a run is still there. */
export async function removeLeftOvers(): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const owner = /^bench-(\d+)$/.exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    const left = join(folder, name);
    const postmaster = await postmasterOf(left);
    if (postmaster !== null && isAlive(postmaster)) {
      throw new Error(
        `A run that was killed left its database (process ${postmaster}, data in ${left}). Stop that process and start again.`,
      );
    }
    await rm(left, { recursive: true, force: true });
  }
}

/** PostgreSQL writes its process id into the first line of postmaster.pid. */
async function postmasterOf(left: string): Promise<number | null> {
  const file = join(left, "postgres/cluster/postmaster.pid");
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : Number.parseInt(text, 10);
}
