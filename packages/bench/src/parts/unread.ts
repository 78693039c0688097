import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "../processes/bench.ts";

/** How long reading may take after the last answer, in milliseconds. */
const patience = 120_000;

/** Resolves when a receiver has read everything that it kept first. */
export async function untilAllRead(
  { database, signal }: Pick<Bench, "database" | "signal">,
  schema: string,
): Promise<void> {
  const deadline = performance.now() + patience;
  for (;;) {
    const { rows } = await database.pool.query<{ waits: boolean }>(
      `select exists (select 1 from ${schema}.unread) as waits`,
    );
    if (rows[0]?.waits !== true) return;
    if (performance.now() > deadline) throw new Error("The receiver did not read what it kept.");
    await sleep(50, undefined, { signal });
  }
}
