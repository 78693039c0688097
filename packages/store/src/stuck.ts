import type { Reader } from "./database.ts";
import { wake } from "./queue/wake.ts";
import type { Store } from "./store.ts";

/** A contract that a destination could not be brought to: nothing more is tried until it changes, or somebody asks. */
export type StuckContract = {
  destination: string;
  contractId: string;
  /** The record or channel; "" where none was found. */
  target: string;
  code: string;
  message: string;
  /** ISO 8601, UTC. */
  at: string;
};

export type StuckFilter = {
  destination?: string | undefined;
  codes?: readonly string[] | undefined;
  contractId?: string | undefined;
};

/** What is stuck now and why, the latest first. */
export async function listStuck(
  { database }: Reader,
  { destination, codes, contractId }: StuckFilter,
  limit: number,
): Promise<StuckContract[]> {
  const { rows } = await database.query<{
    destination: string;
    contract_id: string;
    target: string;
    code: string;
    message: string;
    settled_at: Date;
  }>(
    `select followed.destination, followed.contract_id, failed.target, failed.code, failed.message,
       failed.settled_at
     from followed join lateral (
       select target, code, message, settled_at from effects
       where effects.contract_id = followed.contract_id
         and effects.destination = followed.destination and status = 'failed'
       order by id desc limit 1) as failed on true
     where followed.stuck_version > 0 and followed.stuck_version > followed.version
       and ($1::text is null or followed.destination = $1)
       and ($2::text[] is null or failed.code = any($2))
       and ($3::text is null or followed.contract_id = $3)
     order by failed.settled_at desc, followed.contract_id limit $4`,
    [destination ?? null, codes ?? null, contractId ?? null, limit],
  );
  return rows.map((row) => ({
    destination: row.destination,
    contractId: row.contract_id,
    target: row.target,
    code: row.code,
    message: row.message,
    at: row.settled_at.toISOString(),
  }));
}

/**
 * Has a destination try contracts again of which something failed for good. What failed stays in the history,
 * under a key of its own, so that the same change may be planned and made anew.
 */
export async function tryAgain(
  store: Store,
  destination: string,
  contractIds: readonly string[],
): Promise<void> {
  if (contractIds.length === 0) return;
  await store.database.query(
    `update effects set key = key || '/failed-' || id
     where destination = $1 and contract_id = any($2::text[]) and status = 'failed'
       and not key like '%/failed-' || id`,
    [destination, contractIds],
  );
  await wake(store, destination, contractIds);
}
