import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { sandboxEnvironment } from "@countersign/sandbox";
import { root, type Stack } from "./stack.ts";

/** A contract as the command line prints it, as far as tests read it. */
export type PrintedContract = {
  id: string;
  status: string;
  version: number;
  recipients: { key: string; status: string }[];
  events: {
    id: string;
    type: string;
    recipient: string | null;
    occurredAt: string;
    claimed: boolean;
  }[];
  deliveries: { via: string; bodyProof: string }[];
  links: { destination: string; recordId: string }[];
  effects: {
    key: string;
    destination: string;
    kind: string;
    status: string;
    code: string | null;
  }[];
};

/** What `countersign contract <id> --json` prints of the stack's database; null where there is none. */
export async function readContract(stack: Stack, id: string): Promise<PrintedContract | null> {
  const main = join(root, "apps/cli/src/main.ts");
  const env = { PATH: process.env["PATH"], DATABASE_URL: stack.running.database.url };
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [main, "contract", id, "--json"],
      { env },
    );
    const printed: PrintedContract = JSON.parse(stdout);
    return printed;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === 1) return null;
    throw error;
  }
}

/** How a command of the command line ended, and what it printed. */
type Ended = { exitCode: number; out: string; err: string };

/** Runs `countersign <typed>` as an admin would beside the stack, with the settings file of theirs. */
export function countersign(
  stack: Stack,
  settingsFile: string,
  ...typed: string[]
): Promise<Ended> {
  return runCommandLine(commandEnvironment(stack, settingsFile), typed);
}

/** What an admin's command line has in its environment beside the stack. */
export function commandEnvironment(stack: Stack, settingsFile: string) {
  return {
    ...sandboxEnvironment({ sandboxPort: stack.ports.sandbox, receiverPort: 0, slackBotPort: 0 }),
    PATH: process.env["PATH"],
    DATABASE_URL: stack.running.database.url,
    COUNTERSIGN_CONFIG: settingsFile,
  };
}

type Environment = Record<string, string | undefined>;

export function runCommandLine(env: Environment, typed: readonly string[]): Promise<Ended> {
  return startCommandLine(env, typed).ended;
}

/** A command that is under way, as whoever may end it has it. Ended by a signal, its exit code is no number. */
export function startCommandLine(env: Environment, typed: readonly string[]) {
  const child = spawn(process.execPath, [join(root, "apps/cli/src/main.ts"), ...typed], { env });
  const said = { out: "", err: "" };
  child.stdout.on("data", (part: Buffer) => (said.out += part.toString()));
  child.stderr.on("data", (part: Buffer) => (said.err += part.toString()));
  const ended = once(child, "close").then(([exitCode]: unknown[]) => ({
    exitCode: typeof exitCode === "number" ? exitCode : Number.NaN,
    ...said,
  }));
  return { ended, kill: (signal: NodeJS.Signals) => void child.kill(signal) };
}
