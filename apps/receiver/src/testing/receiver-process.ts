import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "@countersign/postgres";
import { testDatabaseUrl } from "@countersign/store/testing";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** A receiver in a process of its own. Disposing of it ends it at once. */
type ReceiverProcess = AsyncDisposable & {
  port: number;
  child: ChildProcess;
  /** Tells it to stop; its exit code. */
  stop(): Promise<number | null>;
  /** The value of a metric whose line begins so. */
  metric(name: string): Promise<number>;
};

/** Starts a receiver with this countersign.yaml on a schema of the test run's PostgreSQL, and waits until it is ready. */
export async function startReceiver(
  yaml: string,
  environment: Record<string, string>,
): Promise<ReceiverProcess> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-receiver-"));
  const file = join(folder, "countersign.yaml");
  await writeFile(file, yaml);
  const port = await freePort();
  const env = {
    PATH: process.env["PATH"],
    COUNTERSIGN_CONFIG: file,
    DATABASE_URL: testDatabaseUrl(),
    RECEIVER_PORT: String(port),
    LOG_LEVEL: "error",
    ...environment,
  };
  const child = spawn(process.execPath, [main], { env, stdio: ["ignore", "ignore", "inherit"] });
  await untilReady(port, child);
  return {
    port,
    child,
    async stop() {
      if (child.exitCode === null && child.kill("SIGTERM")) await once(child, "exit");
      return child.exitCode;
    },
    async metric(name) {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`);
      const lines = (await response.text()).split("\n");
      return Number(
        lines
          .find((line) => line.startsWith(name))
          ?.split(" ")
          .at(-1),
      );
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "exit");
      await rm(folder, { recursive: true });
    },
  };
}

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the receiver ended with ${child.exitCode}`);
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the receiver is not ready");
}
