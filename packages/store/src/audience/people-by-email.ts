import { gatherOn } from "../gather-on.ts";
import type { Reader } from "../database.ts";
import { toPerson, type Person, type PersonRow } from "./people.ts";

/** Somebody as they were last noted. */
export type NotedPerson = Person & { updatedAt: Date };

/** Everybody, in any workspace, who is known by this address; who said so themselves comes first. */
export function readPeopleByEmail({ database }: Reader, email: string): Promise<NotedPerson[]> {
  return readTogether(database, email);
}

const readTogether = gatherOn(async (database, emails: string[]) => {
  const { rows } = await database.query<PersonRow & { updated_at: Date; n: string }>({
    name: "read people by email",
    text: `select people.*, n from unnest($1::text[]) with ordinality as asked (address, n)
      join people on lower(people.email) = lower(asked.address)
      order by is_stated desc, workspace, user_id`,
    values: [emails],
  });
  const found = Map.groupBy(rows, ({ n }) => Number(n));
  return emails.map((_email, index) =>
    (found.get(index + 1) ?? []).map((row) => ({ ...toPerson(row), updatedAt: row.updated_at })),
  );
});
