import { createHash } from "node:crypto";
import type { Reader } from "./database.ts";

/** That a source's secret proved a request at that time. */
export type SecretUse = {
  source: string;
  /** See `secretFingerprint`. */
  fingerprint: string;
  /** Its place among the source's secrets, from 0. */
  secretIndex: number;
  at: Date;
};

/** Times are ISO 8601, UTC. */
export type StoredSecretUse = Omit<SecretUse, "at"> & { firstUsedAt: string; lastUsedAt: string };

/** Tells secrets apart without keeping them, and stays the same when their order changes: 12 hex digits. */
export function secretFingerprint(secret: string): string {
  return createHash("sha256")
    .update(`countersign secret\u0000${secret}`)
    .digest("hex")
    .slice(0, 12);
}

/** Remembers the first and the last use of each secret. Receivers may do so at once and in any order. */
export async function noteSecretUse(store: Reader, uses: readonly SecretUse[]): Promise<void> {
  if (uses.length === 0) return;
  const inLockOrder = latestOfEach(uses).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await store.database.query(
    `insert into source_secrets as known (source, fingerprint, secret_index, first_used_at, last_used_at)
     select source, fingerprint, secret_index, used_at, used_at
     from unnest($1::text[], $2::text[], $3::integer[], $4::timestamptz[])
       as used (source, fingerprint, secret_index, used_at)
     on conflict (source, fingerprint) do update set
       secret_index = case when excluded.last_used_at >= known.last_used_at
         then excluded.secret_index else known.secret_index end,
       first_used_at = least(known.first_used_at, excluded.first_used_at),
       last_used_at = greatest(known.last_used_at, excluded.last_used_at)`,
    [
      inLockOrder.map(({ source }) => source),
      inLockOrder.map(({ fingerprint }) => fingerprint),
      inLockOrder.map(({ secretIndex }) => secretIndex),
      inLockOrder.map(({ at }) => at),
    ],
  );
}

/** One statement may touch a row only once. */
function latestOfEach(uses: readonly SecretUse[]): SecretUse[] {
  const latest = new Map<string, SecretUse>();
  for (const use of uses) {
    const known = latest.get(keyOf(use));
    if (known === undefined || known.at < use.at) latest.set(keyOf(use), use);
  }
  return [...latest.values()];
}

function keyOf({ source, fingerprint }: SecretUse): string {
  return `${source} ${fingerprint}`;
}

/** Every secret that ever proved a request, by source, the one used last first. */
export async function readSecretUse(reader: Reader): Promise<StoredSecretUse[]> {
  const { rows } = await reader.database.query<{
    source: string;
    fingerprint: string;
    secret_index: number;
    first_used_at: Date;
    last_used_at: Date;
  }>(
    `select source, fingerprint, secret_index, first_used_at, last_used_at
     from source_secrets order by source, last_used_at desc, fingerprint`,
  );
  return rows.map((row) => ({
    source: row.source,
    fingerprint: row.fingerprint,
    secretIndex: row.secret_index,
    firstUsedAt: row.first_used_at.toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
  }));
}
