import type { Store } from "../store.ts";

/** True for whoever takes the request first: what it asks for is done once, however often it comes. */
export async function takeRequest(store: Store, id: string): Promise<boolean> {
  const { rowCount } = await store.database.query(
    "insert into requests (id, taken_at) values ($1, $2) on conflict (id) do nothing",
    [id, store.now()],
  );
  return rowCount === 1;
}

/** Forgets requests from before that time: nobody repeats them any more. */
export async function forgetRequests(store: Store, before: Date): Promise<number> {
  const { rowCount } = await store.database.query("delete from requests where taken_at < $1", [
    before,
  ]);
  return rowCount ?? 0;
}
