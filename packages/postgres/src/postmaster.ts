import { readFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { PostgresError } from "./postgres-error.ts";
import { errorCode, run } from "./run.ts";

/**
 * Refuses to go on while a server of an earlier run still uses the cluster. A `postmaster.pid` whose process is gone
 * is left to the server, which also looks for surviving backends before it overwrites it. One whose number
 * belongs to another program by now, or to a dead process nobody collected, would stop the server and is removed.
 */
export async function checkLeftOver(clusterDir: string): Promise<void> {
  const file = join(clusterDir, "postmaster.pid");
  const pid = Number((await readFile(file, "utf8").catch(() => "")).split("\n")[0]);
  if (!(pid > 0) || !exists(pid)) return;
  if (!isAlive(pid) || !(await isPostgres(pid))) {
    await rm(file);
    return;
  }
  throw new PostgresError(
    "already-running",
    `A PostgreSQL of an earlier run (process ${pid}) still uses ${clusterDir}. Stop it with: kill -INT ${pid}`,
    { pid },
  );
}

/** Whether a process of that number runs, whoever owns it. One that has ended but was not collected does not. */
export function isAlive(pid: number): boolean {
  return exists(pid) && !isZombie(pid);
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    return hasEnded(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/**
 * Containers whose first process collects nobody keep dead processes listed, in state `Z`. So is one whose first thread
 * has ended before the others, and until the last of these has, its ports are taken. `stat`: as in proc(5), where the
 * second field, the program's name, may hold spaces, the third is the state and the twentieth counts the threads.
 */
export function hasEnded(stat: string): boolean {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" && Number(fields[17]) <= 1;
}

/** A program that cannot be named counts as PostgreSQL: to start twice on one folder is the greater harm. */
async function isPostgres(pid: number): Promise<boolean> {
  const name =
    process.platform === "linux"
      ? await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")
      : await run("ps", ["-o", "comm=", "-p", String(pid)]).then(
          (result) => result.stdout,
          () => "",
        );
  return name.trim() === "" || name.includes("postgres");
}
