import { inTransaction, type Connection, type Database, type Reader } from "../database.ts";
import { gatherOn } from "../gather-on.ts";
import type { Store } from "../store.ts";

/** A deal that a contract may belong to, as a person is shown it. */
export type Candidate = {
  /** The CRM. */
  destination: string;
  recordId: string;
  /** 0 to 1. */
  score: number;
  /** Sentences without a full stop, the strongest first. */
  reasons: string[];
  shown: {
    name: string | null;
    account: string | null;
    amount: number | null;
    currency: string | null;
    ownerEmail: string | null;
  };
};

/** What came of looking for a contract's deal, where none was sure. */
export type Unmatched = {
  contractId: string;
  destination: string;
  /** Digest of what was looked for. */
  evidence: string;
  /** Of the counterparty's e-mail addresses. */
  domains: readonly string[];
  candidates: readonly Omit<Candidate, "destination">[];
};

/** Puts a contract into the inbox of those that no deal was found for, in place of what was found before. */
export async function saveUnmatched(store: Store, unmatched: Unmatched): Promise<void> {
  const { contractId, destination, evidence, domains, candidates } = unmatched;
  await inTransaction(store.database, async (connection) => {
    await connection.query(
      `insert into unmatched (contract_id, destination, evidence, domains, searched_at)
       values ($1, $2, $3, $4, $5)
       on conflict (contract_id, destination) do update set evidence = excluded.evidence,
         domains = excluded.domains, searched_at = excluded.searched_at`,
      [contractId, destination, evidence, domains, store.now()],
    );
    await connection.query("delete from candidates where contract_id = $1 and destination = $2", [
      contractId,
      destination,
    ]);
    await connection.query(
      `insert into candidates (contract_id, destination, rank, record_id, score, reasons, shown)
       select $1, $2, rank, record_id, score, reasons, shown
       from json_to_recordset($3::json) as row (rank int, record_id text, score real, reasons jsonb,
         shown jsonb)`,
      [contractId, destination, JSON.stringify(candidates.map(toRow))],
    );
  });
}

function toRow(candidate: Omit<Candidate, "destination">, rank: number) {
  const { recordId, score, reasons, shown } = candidate;
  return { rank, record_id: recordId, score, reasons, shown };
}

/** The contract is linked, or cannot be: it leaves the inbox. */
export async function removeUnmatched(
  store: Store,
  contractId: string,
  destination: string,
): Promise<void> {
  await removeTogether(store.database, { contractId, destination });
}

const removeTogether = gatherOn(
  async (database, gone: { contractId: string; destination: string }[]) => {
    await database.query({
      name: "remove unmatched",
      text: `delete from unmatched using unnest($1::text[], $2::text[]) as gone (contract, crm)
        where contract_id = contract and destination = crm`,
      values: [gone.map((one) => one.contractId), gone.map((one) => one.destination)],
    });
    return gone.map(() => undefined);
  },
);

/** When and for what a contract's deal was last looked for; null where it was not, or was found. */
export async function readSearched(
  { database }: Reader,
  contractId: string,
  destination: string,
): Promise<{ evidence: string; at: Date } | null> {
  const { rows } = await database.query<{ evidence: string; searched_at: Date }>(
    "select evidence, searched_at from unmatched where contract_id = $1 and destination = $2",
    [contractId, destination],
  );
  return rows[0] ? { evidence: rows[0].evidence, at: rows[0].searched_at } : null;
}

type CandidateRow = {
  contract_id: string;
  destination: string;
  record_id: string;
  score: number;
  reasons: string[];
  shown: Candidate["shown"];
};

/** The deals that a contract may belong to, of every CRM that looked for one, the likeliest first. */
export async function readCandidates(
  { database }: Reader,
  contractId: string,
): Promise<Candidate[]> {
  const { rows } = await database.query<CandidateRow>(
    "select * from candidates where contract_id = $1 order by score desc, destination, rank",
    [contractId],
  );
  return rows.map(toCandidate);
}

function toCandidate(row: CandidateRow): Candidate {
  return {
    destination: row.destination,
    recordId: row.record_id,
    score: row.score,
    reasons: row.reasons,
    shown: row.shown,
  };
}

/** A contract in the inbox. */
export type InboxEntry = {
  contractId: string;
  destination: string;
  title: string | null;
  status: string;
  domains: string[];
  /** ISO 8601, UTC. */
  searchedAt: string;
  candidates: Candidate[];
};

/** The contracts that wait for a person to say which deal is theirs, the latest looked for first. */
export async function readInbox(
  { database }: Reader,
  { destination }: { destination?: string | undefined },
  limit: number,
): Promise<InboxEntry[]> {
  const { rows } = await database.query<{
    contract_id: string;
    destination: string;
    title: string | null;
    status: string;
    domains: string[];
    searched_at: Date;
  }>(
    `select unmatched.*, contracts.title, contracts.status
     from unmatched join contracts on contracts.id = unmatched.contract_id
     where $1::text is null or destination = $1
     order by searched_at desc, contract_id limit $2`,
    [destination ?? null, limit],
  );
  const found = await database.query<CandidateRow>(
    "select * from candidates where contract_id = any($1::text[]) order by rank",
    [rows.map((row) => row.contract_id)],
  );
  const candidates = Map.groupBy(found.rows, nameOf);
  return rows.map((row) => ({
    contractId: row.contract_id,
    destination: row.destination,
    title: row.title,
    status: row.status,
    domains: row.domains,
    searchedAt: row.searched_at.toISOString(),
    candidates: (candidates.get(nameOf(row)) ?? []).map(toCandidate),
  }));
}

function nameOf(row: { contract_id: string; destination: string }): string {
  return `${row.destination} ${row.contract_id}`;
}

/** The contracts in a CRM's inbox whose counterparty has one of these domains. */
export async function findUnmatched(
  database: Connection | Database,
  destination: string,
  domains: readonly string[],
  limit: number,
): Promise<string[]> {
  const { rows } = await database.query<{ contract_id: string }>(
    `select contract_id from unmatched where destination = $1 and domains && $2::text[]
     order by searched_at desc, contract_id limit $3`,
    [destination, domains, limit],
  );
  return rows.map((row) => row.contract_id);
}
