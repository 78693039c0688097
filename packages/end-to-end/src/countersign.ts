import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
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
