import { restoreFiles, type InlinedFile, type IncomingRequest, type Via } from "@countersign/core";
import type { Connection, Reader } from "./database.ts";

/** A kept delivery whose facts are still to be read. */
export type UnreadDelivery = {
  id: string;
  source: string;
  request: IncomingRequest;
  secretIndex: number | null;
  receivedAt: Date;
  via: Via;
};

/** Which unread deliveries are taken: the first `most` of those sources, or that one. */
export type UnreadChoice = { sources: readonly string[]; most: number; only?: string };

/** The ids of the first unread deliveries that nobody else is reading, ours until the transaction ends. */
export async function takeUnread(
  connection: Connection,
  { sources, most, only }: UnreadChoice,
): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>({
    name: "take unread",
    text: `select delivery_id as id from unread
      where source = any($1::text[]) and ($3::bigint is null or delivery_id = $3)
      order by delivery_id limit $2 for update skip locked`,
    values: [sources, most, only ?? null],
  });
  return rows.map(({ id }) => id);
}

/** Those deliveries as they came, in the order of their ids. */
export async function readUnread(
  connection: Connection,
  ids: readonly string[],
): Promise<UnreadDelivery[]> {
  const { rows } = await connection.query<{
    id: string;
    source: string;
    method: string;
    headers: IncomingRequest["headers"];
    query: Record<string, string>;
    body: Buffer;
    secret_index: number | null;
    received_at: Date;
    via: Via;
  }>({
    name: "read unread",
    text: `select id, source, method, headers, query, body, secret_index, received_at, via
      from deliveries where id = any($1::bigint[]) order by id`,
    values: [ids],
  });
  const files = await readFilesOf(connection, ids);
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    request: {
      method: row.method,
      headers: row.headers,
      query: row.query,
      body: bodyOf(row.body, files.get(row.id)),
    },
    secretIndex: row.secret_index,
    receivedAt: row.received_at,
    via: row.via,
  }));
}

function bodyOf(kept: Buffer, files: readonly InlinedFile[] | undefined): Uint8Array {
  return files === undefined ? kept : restoreFiles(kept, files);
}

async function readFilesOf(
  connection: Connection,
  ids: readonly string[],
): Promise<Map<string, InlinedFile[]>> {
  const { rows } = await connection.query<InlinedFile & { id: string }>({
    name: "read files of unread",
    text: `select delivery_id as id, place as at, bytes from delivery_files join files using (digest)
      where delivery_id = any($1::bigint[]) order by delivery_id, place`,
    values: [ids],
  });
  return Map.groupBy(rows, ({ id }) => id);
}

/** They have been read. */
export async function removeUnread(connection: Connection, ids: readonly string[]): Promise<void> {
  await connection.query({
    name: "remove unread",
    text: "delete from unread where delivery_id = any($1::bigint[])",
    values: [ids],
  });
}

/** How many deliveries nobody has read yet. */
export async function countUnread({ database }: Reader): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    "select count(*)::int as count from unread",
  );
  return rows[0]?.count ?? 0;
}
