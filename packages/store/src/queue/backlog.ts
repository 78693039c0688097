import type { Reader } from "../database.ts";
import { queueSchemaOf } from "./dead-letters.ts";

/** Wake-ups that a destination has not acted on. */
export type Backlog = {
  waiting: number;
  /** Since when the oldest waits; null where none does. */
  since: Date | null;
};

/** What waits for a destination, also what failed and is tried again later. */
export async function readBacklog(reader: Reader, destination: string): Promise<Backlog> {
  const { rows } = await reader.database.query<Backlog>(
    `select count(*)::int as waiting, min(created_on) as since
     from ${await queueSchemaOf(reader)}.job where name = $1 and state < 'active'`,
    [destination],
  );
  return rows[0] ?? { waiting: 0, since: null };
}
