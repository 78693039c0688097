import type { Store } from "../store.ts";

/** How far back a destination looks when it comes for the first time, in hours. */
const firstLookHours = 24;

/** Notes that the destination exists. What changed within the last day before it came is its business too. */
export async function registerDestination(store: Store, destination: string): Promise<void> {
  const since = new Date(store.now().getTime() - firstLookHours * 3_600_000);
  await store.database.query(
    "insert into destinations (id, since) values ($1, $2) on conflict (id) do nothing",
    [destination, since],
  );
}

/** The version of the contract that the destination was last brought to; 0 before the first time. */
export async function followedVersion(
  store: Store,
  destination: string,
  contractId: string,
): Promise<number> {
  const { rows } = await store.database.query<{ version: string }>(
    "select version from followed where destination = $1 and contract_id = $2",
    [destination, contractId],
  );
  return Number(rows[0]?.version ?? 0);
}

/** The destination now shows this version of the contract, or has recorded why it cannot. */
export async function markFollowed(
  store: Store,
  destination: string,
  contractId: string,
  version: number,
): Promise<void> {
  await store.database.query(
    `insert into followed (destination, contract_id, version, followed_at) values ($1, $2, $3, $4)
     on conflict (destination, contract_id) do update set
       version = greatest(followed.version, excluded.version), followed_at = excluded.followed_at`,
    [destination, contractId, version, store.now()],
  );
}

/**
 * Contracts that the destination has not caught up with and that have been still for `graceSeconds`, so
 * that a wake-up which was lost (its worker killed, its queue not there yet) is made good.
 */
export async function contractsBehind(
  store: Store,
  destination: string,
  graceSeconds: number,
  limit: number,
): Promise<string[]> {
  const stillSince = new Date(store.now().getTime() - graceSeconds * 1_000);
  const { rows } = await store.database.query<{ id: string }>(
    `select contracts.id from contracts
     join destinations on destinations.id = $1 and contracts.changed_at >= destinations.since
     left join followed on followed.destination = $1 and followed.contract_id = contracts.id
     where contracts.changed_at <= $2 and contracts.version > coalesce(followed.version, 0)
     order by contracts.changed_at limit $3`,
    [destination, stillSince, limit],
  );
  return rows.map((row) => row.id);
}
