import { openReader } from "@countersign/store";
import type { Stack } from "../stack.ts";

/** Runs statements in the stack's database, as its owner. */
export async function execute({ running }: Stack, statements: string): Promise<void> {
  await using reader = openReader({ url: running.database.url, applicationName: "drill" });
  await reader.database.query(statements);
}
