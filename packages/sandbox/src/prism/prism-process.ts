import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export type PrismProcess = { url: string; stop(): Promise<void> };

/**
 * Runs `prism proxy` on a free port. Without `--errors`, so that it lets everything through and only
 * reports what breaks the description (header `sl-violations`).
 */
export async function startPrismProcess(specPath: string, upstream: string): Promise<PrismProcess> {
  const program = fileURLToPath(import.meta.resolve("@stoplight/prism-cli"));
  const args = [program, "proxy", specPath, upstream, "--port", "0", "--multiprocess", "false"];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => void child.kill();
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    kill();
    await once(child, "exit");
  };
  try {
    return { url: await listeningAt(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads on after the address has come: a full pipe would block Prism. */
function listeningAt(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const read = (chunk: Buffer) => {
      if (said.length < 1_000_000) said += chunk.toString();
      const address = /listening on (http:\/\/[\d.]+:\d+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Prism did not start: ${said.slice(-2000)}`)));
  });
}
