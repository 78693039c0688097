import { spawn } from "node:child_process";

/** The user a process runs as; empty for the present one. */
export type RunAs = { uid?: number; gid?: number };

export type RunResult = { code: number | null; stdout: string; stderr: string };

/** Nothing of the caller's PG* variables or locale may reach the server. */
export const serverEnvironment = {
  PATH: process.env["PATH"] ?? "",
  LC_ALL: "C",
  TZ: "UTC",
};

/** Runs a program to its end. Rejects with the system's error (`ENOENT`, `EACCES`) when it cannot start. */
export async function run(program: string, args: string[], runAs: RunAs = {}): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...runAs,
      cwd: "/",
      env: serverEnvironment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** The code of a system error, such as `EACCES`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
