import type { IncomingRequest } from "@countersign/core";
import type { Reader } from "./database.ts";

/** A kept delivery without its body, which `readDeliveryBody` has. */
export type ReplayableDelivery = {
  id: string;
  source: string;
  request: Omit<IncomingRequest, "body">;
  outcome: "recorded" | "quarantined";
  secretIndex: number | null;
  receivedAt: Date;
};

export type ReplayFilter = {
  /** Only what could not be understood. */
  quarantined: boolean;
  source?: string | undefined;
  id?: string | undefined;
  since?: Date | undefined;
};

/** The kept deliveries that still have a body, in the order in which they came; those after `after` alone. */
export async function listReplayable(
  { database }: Reader,
  { quarantined, source, id, since }: ReplayFilter,
  after: string,
  limit: number,
): Promise<ReplayableDelivery[]> {
  const { rows } = await database.query<{
    id: string;
    source: string;
    method: string;
    headers: IncomingRequest["headers"];
    query: Record<string, string>;
    outcome: ReplayableDelivery["outcome"];
    secret_index: number | null;
    received_at: Date;
  }>(
    `select id, source, method, headers, query, outcome, secret_index, received_at from deliveries
     where body is not null and id > $5::bigint
       and (not $1::boolean or outcome = 'quarantined')
       and ($2::text is null or source = $2)
       and ($3::bigint is null or id = $3)
       and ($4::timestamptz is null or received_at >= $4)
     order by id limit $6`,
    [quarantined, source ?? null, id ?? null, since ?? null, after, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    request: { method: row.method, headers: row.headers, query: row.query },
    outcome: row.outcome,
    secretIndex: row.secret_index,
    receivedAt: row.received_at,
  }));
}
