import type { Reader } from "./database.ts";

/** An authentic delivery that could not be understood, without its body. */
export type QuarantinedDelivery = {
  id: string;
  source: string;
  provider: string;
  reason: string;
  bytes: number;
  receivedAt: string;
  timesReceived: number;
};

/** The latest quarantined deliveries, newest first. */
export async function readQuarantine(
  reader: Reader,
  limit: number,
): Promise<QuarantinedDelivery[]> {
  const { rows } = await reader.database.query<{
    id: string;
    source: string;
    provider: string;
    reason: string;
    bytes: number;
    received_at: Date;
    times_received: number;
  }>(
    `select id, source, provider, reason, length(body) as bytes, received_at, times_received
     from deliveries where outcome = 'quarantined' order by received_at desc, id desc limit $1`,
    [limit],
  );
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    provider: row.provider,
    reason: row.reason,
    bytes: row.bytes,
    receivedAt: row.received_at.toISOString(),
    timesReceived: row.times_received,
  }));
}
