import { restoreFiles, type Provider, type Via } from "@countersign/core";
import type { Reader } from "./database.ts";

/** What is kept of a delivery beside its body. Times are ISO 8601, UTC. */
export type KeptDelivery = {
  id: string;
  bodyProof: Provider["bodyProof"];
  /** Which of the source's secrets proved it, from 0; null for what we read back ourselves. */
  secretIndex: number | null;
  via: Via;
  receivedAt: string;
  timesReceived: number;
  /** SHA-256 of the body, in hex. */
  digest: string;
  /** Ids of the events that it was the first to prove. */
  proves: string[];
};

/** The deliveries that first proved the events of a contract, the earliest first. */
export async function readEvidence(reader: Reader, contractId: string): Promise<KeptDelivery[]> {
  const { rows } = await reader.database.query<{
    id: string;
    body_proof: Provider["bodyProof"];
    secret_index: number | null;
    via: Via;
    received_at: Date;
    times_received: number;
    digest: Buffer;
    proves: string[];
  }>(
    `select id, body_proof, secret_index, via, received_at, times_received, digest, proves from deliveries
     join (select delivery_id as id, array_agg(id order by occurred_at, id) as proves from events
       where contract_id = $1 group by delivery_id) as proofs using (id)
     order by id`,
    [contractId],
  );
  return rows.map((row) => ({
    id: row.id,
    bodyProof: row.body_proof,
    secretIndex: row.secret_index,
    via: row.via,
    receivedAt: row.received_at.toISOString(),
    timesReceived: row.times_received,
    digest: row.digest.toString("hex"),
    proves: row.proves,
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
