import { createHash } from "node:crypto";
import {
  cutFiles,
  restoreFiles,
  type IncomingRequest,
  type Normalized,
  type Provider,
  type Via,
} from "@countersign/core";
import { inTransaction, type Connection, type Reader } from "./database.ts";
import type { Store } from "./store.ts";

/** An authentic request of a source. */
export type Delivery = {
  source: string;
  provider: string;
  /** As it came, without the headers that hold credentials. */
  request: IncomingRequest;
  /** Which of the source's secrets proved it; null for what we read back ourselves. */
  secretIndex: number | null;
  bodyProof: Provider["bodyProof"];
  /** What it says of a contract's ending is a claim, to be confirmed before it takes effect. */
  claimsEndings: boolean;
  receivedAt: Date;
  via: Via;
};

/** Keeps a delivery byte for byte, or counts the repetition of one. */
export async function keepDelivery(
  connection: Connection,
  delivery: Delivery,
  normalized: Normalized,
): Promise<{ id: string; repeated: boolean }> {
  const { request } = delivery;
  const { body, files } = cutFiles(request.body);
  const { rows } = await connection.query<{ id: string; times_received: number }>(
    `insert into deliveries (source, provider, digest, method, headers, query, body, via, secret_index,
       body_proof, outcome, reason, received_at, last_received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
     on conflict (source, digest) do update set
       times_received = deliveries.times_received + 1, last_received_at = excluded.last_received_at
     returning id, times_received`,
    [
      delivery.source,
      delivery.provider,
      sha256(request.body),
      request.method,
      JSON.stringify(request.headers),
      JSON.stringify(request.query),
      toBuffer(body),
      delivery.via,
      delivery.secretIndex,
      delivery.bodyProof,
      normalized.understood ? "recorded" : "quarantined",
      normalized.understood ? null : normalized.reason,
      delivery.receivedAt,
    ],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("PostgreSQL returned no row for an inserted delivery.");
  const repeated = row.times_received > 1;
  if (!repeated) {
    for (const { at, bytes } of files) await keepFile(connection, row.id, at, bytes);
  }
  return { id: row.id, repeated };
}

async function keepFile(
  connection: Connection,
  deliveryId: string,
  place: number,
  bytes: Uint8Array,
): Promise<void> {
  const digest = sha256(bytes);
  // Updating a file that is there holds it, so that nobody forgets it meanwhile.
  await connection.query(
    `insert into files (digest, bytes) values ($1, $2)
     on conflict (digest) do update set digest = excluded.digest`,
    [digest, toBuffer(bytes)],
  );
  await connection.query(
    "insert into delivery_files (delivery_id, place, digest) values ($1, $2, $3)",
    [deliveryId, place, digest],
  );
}

/** What is kept of a delivery beside its body. Times are ISO 8601, UTC. */
export type KeptDelivery = {
  id: string;
  bodyProof: Provider["bodyProof"];
  via: Via;
  receivedAt: string;
  timesReceived: number;
  /** SHA-256 of the body, in hex. */
  digest: string;
};

/** The deliveries that first proved the events of a contract, the earliest first. */
export async function readEvidence(reader: Reader, contractId: string): Promise<KeptDelivery[]> {
  const { rows } = await reader.database.query<{
    id: string;
    body_proof: Provider["bodyProof"];
    via: Via;
    received_at: Date;
    times_received: number;
    digest: Buffer;
  }>(
    `select id, body_proof, via, received_at, times_received, digest from deliveries
     where id in (select delivery_id from events where contract_id = $1) order by id`,
    [contractId],
  );
  return rows.map((row) => ({
    id: row.id,
    bodyProof: row.body_proof,
    via: row.via,
    receivedAt: row.received_at.toISOString(),
    timesReceived: row.times_received,
    digest: row.digest.toString("hex"),
  }));
}

/** The body of a delivery as it came, or null where there is none any more. */
export async function readDeliveryBody(reader: Reader, id: string): Promise<Uint8Array | null> {
  const { rows } = await reader.database.query<{ body: Buffer | null }>(
    "select body from deliveries where id = $1",
    [id],
  );
  const body = rows[0]?.body ?? null;
  if (body === null) return null;
  const files = await reader.database.query<{ at: number; bytes: Buffer }>(
    `select place as at, bytes from delivery_files join files using (digest)
     where delivery_id = $1 order by place`,
    [id],
  );
  return restoreFiles(body, files.rows);
}

/**
 * Forgets what deliveries from before that time said: bodies, headers, files. Their digests, the facts they
 * proved and when they came stay. Returns how many were forgotten.
 */
export async function forgetDeliveries(store: Store, before: Date): Promise<number> {
  return inTransaction(store.database, async (connection) => {
    const { rowCount } = await connection.query(
      `update deliveries set body = null, headers = '{}', query = '{}'
       where received_at < $1 and body is not null`,
      [before],
    );
    await connection.query(
      `delete from delivery_files using deliveries
       where deliveries.id = delivery_files.delivery_id and deliveries.body is null`,
    );
    await connection.query(
      `delete from files where not exists
         (select 1 from delivery_files where delivery_files.digest = files.digest)`,
    );
    return rowCount ?? 0;
  });
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(bytes).digest();
}

/** node-postgres sends a Buffer as it is; another view it would send as text. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
