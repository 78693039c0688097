import { hash } from "node:crypto";
import {
  cutFiles,
  type IncomingRequest,
  type Normalized,
  type Provider,
  type Via,
} from "@countersign/core";
import { byteaArray, textArray } from "./arrays.ts";
import { inTransaction, type Connection, type Database } from "./database.ts";

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

/** `repeated`: the same bytes came before, or stand earlier in the same group. */
export type KeptId = { id: string; repeated: boolean };

/** A delivery that is to be kept, without the files in its body, and how often it stands in the group. */
type Copies = {
  delivery: Delivery;
  normalized: Normalized | null;
  digest: Buffer;
  name: string;
  count: number;
  body: Uint8Array;
  files: CutFile[];
};

type CutFile = ReturnType<typeof cutFiles>["files"][number];

/** Deliveries that are kept together: the name of each, and what is to be kept under each name. */
type Group = { names: string[]; copies: Copies[] };

/** Keeps deliveries byte for byte, or counts their repetitions; what became of each, in their order. */
export function keepDeliveries(
  connection: Connection,
  given: readonly { delivery: Delivery; normalized: Normalized }[],
): Promise<KeptId[]> {
  return keepGroup(connection, groupOf(given), insertStatement);
}

/**
 * The same for deliveries that nobody has read yet; each that is new is noted as unread. They count as understood
 * until somebody reads them. One statement, unless a body carries a file.
 */
export async function keepForLater(
  database: Database,
  deliveries: readonly Delivery[],
): Promise<KeptId[]> {
  const group = groupOf(deliveries.map((delivery) => ({ delivery, normalized: null })));
  const keep = (connection: Connection | Database) =>
    keepGroup(connection, group, insertUnreadStatement);
  const hasFiles = group.copies.some(({ files }) => files.length > 0);
  return hasFiles ? inTransaction(database, keep) : keep(database);
}

function groupOf(given: readonly { delivery: Delivery; normalized: Normalized | null }[]): Group {
  const copies = new Map<string, Copies>();
  const names = given.map(({ delivery, normalized }) => {
    const { body } = delivery.request;
    const digest = sha256(body);
    const name = nameOf(delivery.source, digest);
    const known = copies.get(name);
    if (known !== undefined) known.count += 1;
    else copies.set(name, { delivery, normalized, digest, name, count: 1, ...cutFiles(body) });
    return name;
  });
  return { names, copies: [...copies.values()] };
}

async function keepGroup(
  connection: Connection | Database,
  { names, copies }: Group,
  statement: Insert,
): Promise<KeptId[]> {
  const kept = await insertDeliveries(connection, copies, statement);
  const seen = new Set<string>();
  return names.map((name) => {
    const one = kept.get(name);
    if (one === undefined) throw new Error("PostgreSQL returned no row for an inserted delivery.");
    const repeated = one.repeated || seen.has(name);
    seen.add(name);
    return { id: one.id, repeated };
  });
}

/** Why a delivery, or a part of it, was not understood; null where all of it was, or nobody has read it. */
export function whyQuarantined(normalized: Normalized | null): string | null {
  if (normalized === null) return null;
  return normalized.understood ? (normalized.unread ?? null) : normalized.reason;
}

/** What could not be understood, and now is. */
export async function releaseFromQuarantine(
  connection: Connection,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await connection.query(
    `update deliveries set outcome = 'recorded', reason = null
     where id = any($1::bigint[]) and outcome = 'quarantined'`,
    [ids],
  );
}

/** What was kept before anybody had read it, and is not understood. */
export async function putInQuarantine(
  connection: Connection,
  deliveries: readonly { id: string; reason: string }[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await connection.query(
    `update deliveries set outcome = 'quarantined', reason = row.reason
     from unnest($1::bigint[], $2::text[]) as row (id, reason) where deliveries.id = row.id`,
    [deliveries.map(({ id }) => id), deliveries.map(({ reason }) => reason)],
  );
}

async function insertDeliveries(
  connection: Connection | Database,
  copies: Copies[],
  statement: Insert,
): Promise<Map<string, KeptId>> {
  const { rows } = await connection.query<{
    source: string;
    digest: Buffer;
    id: string;
    times_received: number;
  }>({ ...statement, values: columnsOf(copies) });
  const ids = new Map(rows.map((row) => [nameOf(row.source, row.digest), row]));
  const kept = copies.map(({ name, count, files }) => {
    const row = ids.get(name);
    if (row === undefined) throw new Error("PostgreSQL returned no row for an inserted delivery.");
    return { name, files, id: row.id, repeated: row.times_received > count };
  });
  await keepFiles(
    connection,
    kept.flatMap(({ id, repeated, files }) =>
      repeated ? [] : files.map((file) => ({ ...file, deliveryId: id })),
    ),
  );
  return new Map(kept.map(({ name, id, repeated }) => [name, { id, repeated }]));
}

const insertText = `
  insert into deliveries (source, provider, digest, method, headers, query, body, via, secret_index,
    body_proof, outcome, reason, received_at, last_received_at, times_received)
  select source, provider, digest, method, headers::jsonb, query::jsonb, body, via,
    secret_index::int, body_proof, outcome, reason, received_at::timestamptz,
    received_at::timestamptz, times_received::int
  from unnest($1::bytea[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
      $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
    as row (digest, body, source, provider, method, headers, query, via, secret_index, body_proof,
      outcome, reason, received_at, times_received)
  order by source, digest
  on conflict (source, digest) do update set
    times_received = deliveries.times_received + excluded.times_received,
    last_received_at = greatest(deliveries.last_received_at, excluded.last_received_at)
  returning source, digest, id, times_received`;

type Insert = { name: string; text: string };

const insertStatement: Insert = { name: "insert deliveries", text: insertText };

/** New is what has been received as often as the group holds it. */
const insertUnreadStatement: Insert = {
  name: "insert unread deliveries",
  text: `
  with kept as (${insertText}), noted as (
    insert into unread (delivery_id, source)
    select id, source from kept
    join unnest($1::bytea[], $3::text[], $14::text[]) as asked (digest, source, times) using (digest, source)
    where times_received = times::int)
  select * from kept`,
};

function columnsOf(copies: readonly Copies[]): Buffer[] {
  const column = (of: (one: Copies) => string | null) => textArray(copies.map(of));
  return [
    byteaArray(copies.map(({ digest }) => digest)),
    byteaArray(copies.map(({ body }) => body)),
    column(({ delivery }) => delivery.source),
    column(({ delivery }) => delivery.provider),
    column(({ delivery }) => delivery.request.method),
    column(({ delivery }) => JSON.stringify(delivery.request.headers)),
    column(({ delivery }) => JSON.stringify(delivery.request.query)),
    column(({ delivery }) => delivery.via),
    column(({ delivery }) => delivery.secretIndex?.toString() ?? null),
    column(({ delivery }) => delivery.bodyProof),
    column(({ normalized }) => (whyQuarantined(normalized) === null ? "recorded" : "quarantined")),
    column(({ normalized }) => whyQuarantined(normalized)),
    column(({ delivery }) => delivery.receivedAt.toISOString()),
    column(({ count }) => String(count)),
  ];
}

function nameOf(source: string, digest: Buffer): string {
  return `${digest.toString("latin1")}${source}`;
}

/** Everybody takes files in the order of their digests, so that nobody waits for each other. */
async function keepFiles(
  connection: Connection | Database,
  files: readonly { deliveryId: string; at: number; bytes: Uint8Array }[],
): Promise<void> {
  const digested = files.map((file) => ({ ...file, digest: sha256(file.bytes) }));
  for (const file of digested.toSorted((a, b) => a.digest.compare(b.digest))) {
    await keepFile(connection, file);
  }
}

async function keepFile(
  connection: Connection | Database,
  file: { deliveryId: string; at: number; bytes: Uint8Array; digest: Buffer },
): Promise<void> {
  // Updating a file that is there holds it, so that nobody forgets it meanwhile.
  await connection.query(
    `insert into files (digest, bytes) values ($1, $2)
     on conflict (digest) do update set digest = excluded.digest`,
    [file.digest, toBuffer(file.bytes)],
  );
  await connection.query(
    "insert into delivery_files (delivery_id, place, digest) values ($1, $2, $3)",
    [file.deliveryId, file.at, file.digest],
  );
}

function sha256(bytes: Uint8Array): Buffer {
  return hash("sha256", bytes, "buffer");
}

/** node-postgres sends a Buffer as it is; another view it would send as text. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
