import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { LaunchError } from "./launch-error.ts";

/**
 * Claims the folder for this process until disposed. Throws `LaunchError` while an earlier run lives. A process
 * number alone proves nothing after a crash or in a fresh container, so the claim also holds the process's start.
 */
export async function claimHome(home: string): Promise<AsyncDisposable> {
  const file = join(home, "launcher.pid");
  const [pid = "", start] = (await readFile(file, "utf8").catch(() => "")).trim().split("\n");
  if (Number(pid) !== process.pid && start !== undefined && (await startOf(pid)) === start) {
    throw new LaunchError(
      `Countersign is already running here (process ${pid}). Stop it with Ctrl-C in its terminal, or: kill ${pid}`,
    );
  }
  await writeFile(file, `${process.pid}\n${await startOf(String(process.pid))}\n`);
  return { [Symbol.asyncDispose]: async () => rm(file, { force: true }) };
}

/** When a process began, in the system's own words; empty where there is no such process. */
async function startOf(pid: string): Promise<string> {
  if (process.platform === "linux") {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    // The second field, the program's name, may hold spaces; the start is field 22 (proc(5)).
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  }
  const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", pid]).catch(() => ({
    stdout: "",
  }));
  return stdout.trim();
}
