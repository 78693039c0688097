import type { Database } from "../database.ts";

/** Who follows a topic. */
export type Subscribers = () => Promise<string[]>;

/** How long the answer holds. Who comes meanwhile finds what it missed by its first looks around. */
const holdsMilliseconds = 1_000;

/** Reads pg-boss's subscriptions, as its own `publish` does before it sends to each; once a second. */
export function openSubscribers(
  database: Database,
  queueSchema: string,
  topic: string,
): Subscribers {
  let known: { names: Promise<string[]>; until: number } | null = null;

  async function read(): Promise<string[]> {
    const { rows } = await database.query<{ name: string }>(
      `select name from ${queueSchema}.subscription where event = $1 order by name`,
      [topic],
    );
    return rows.map(({ name }) => name);
  }

  return () => {
    if (known !== null && performance.now() < known.until) return known.names;
    const reading = { names: read(), until: performance.now() + holdsMilliseconds };
    known = reading;
    reading.names.catch(() => {
      if (known === reading) known = null;
    });
    return reading.names;
  };
}
