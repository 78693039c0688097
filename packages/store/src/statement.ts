import type { Connection, Database } from "./database.ts";

/** SQL with its parameters, `$1` the first of them. */
export type Statement = { text: string; values: unknown[] };

const names = new Map<string, string>();

/**
 * Runs statements that need not see each other's rows as one, which saves a round trip for each; how many
 * rows each of them returned. One that changes data ends in `returning`.
 */
export async function runAsOne(
  connection: Connection | Database,
  statements: readonly Statement[],
): Promise<number[]> {
  if (statements.length === 0) return [];
  let taken = 0;
  const parts = statements.map(({ text, values }, index) => {
    const numbered = text.replaceAll(/\$(\d+)/g, (_, number) => `$${taken + Number(number)}`);
    taken += values.length;
    return `part${index} as (${numbered})`;
  });
  const counts = statements.map((_, index) => `(select count(*)::int from part${index})`);
  const text = `with ${parts.join(", ")} select array[${counts.join(", ")}] as counts`;
  const { rows } = await connection.query<{ counts: number[] }>({
    name: nameOf(text),
    text,
    values: statements.flatMap(({ values }) => values),
  });
  return rows[0]?.counts ?? [];
}

/**
 * An array of texts as a parameter of a named statement that looks rows up. PostgreSQL does not see how long
 * it is: else it holds the plan for the one or two that it sees to be better than the one that it keeps, and
 * plans anew each time, which takes twice as long as the rest.
 */
export function texts(parameter: string): string {
  return `(select ${parameter}::text[])::text[]`;
}

/**
 * Runs pg-boss's statements of few texts, which it leaves to be parsed and planned anew each time: that took
 * PostgreSQL as long as running them. Whenever one has run twice as often as at its last planning it is planned
 * anew: by the plan of an empty queue, each job taken read all that were there.
 */
export function prepared(database: Database) {
  const runs = new Map<string, number>();
  return {
    executeSql: (text: string, values: unknown[] = []) => {
      const run = (runs.get(text) ?? 0) + 1;
      runs.set(text, run);
      const name = `${nameOf(text)}, plan ${Math.floor(Math.log2(run))}`;
      return database.query({ name, text, values });
    },
  };
}

/** The few texts come again and again: by a name, PostgreSQL plans each once a connection. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `as one ${names.size}`;
  names.set(text, name);
  return name;
}
