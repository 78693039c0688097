import type { ContractFile } from "@countersign/core";
import type { Reader } from "./database.ts";
import type { Store } from "./store.ts";

/** A file that the provider has of a completed contract. */
export type StoredFile = ContractFile & {
  /** What its last reading brought; null before the first. */
  content: FileContent | null;
};

/** `size` in bytes, `sha256` in hex. A provider may make the same file anew, with other bytes. */
export type FileContent = { contentType: string; size: number; sha256: string };

/** The files of a contract in the provider's order; none before they were listed. */
export async function readContractFiles(reader: Reader, contractId: string): Promise<StoredFile[]> {
  const { rows } = await reader.database.query<FileRow>(
    "select * from contract_files where contract_id = $1 order by place, key",
    [contractId],
  );
  return rows.map(toFile);
}

/** Keeps what the provider listed. What was known before stays as it was. */
export async function saveContractFiles(
  store: Store,
  contractId: string,
  files: readonly ContractFile[],
): Promise<void> {
  const rows = files.map(({ key, kind, title }, place) => ({ key, kind, title, place }));
  await store.database.query(
    `insert into contract_files (contract_id, key, place, kind, title, listed_at)
     select $1, key, place, kind, title, $3
     from json_to_recordset($2::json) as row (key text, place int, kind text, title text)
     order by key on conflict (contract_id, key) do nothing`,
    [contractId, JSON.stringify(rows), store.now()],
  );
}

/** Keeps what a reading of a file brought. */
export async function noteFileContent(
  store: Store,
  contractId: string,
  key: string,
  { contentType, size, sha256 }: FileContent,
): Promise<void> {
  await store.database.query(
    `update contract_files set content_type = $3, size = $4, sha256 = decode($5, 'hex'), read_at = $6
     where contract_id = $1 and key = $2`,
    [contractId, key, contentType, size, sha256, store.now()],
  );
}

type FileRow = {
  key: string;
  kind: ContractFile["kind"];
  title: string | null;
  content_type: string | null;
  size: string | null;
  sha256: Buffer | null;
};

function toFile(row: FileRow): StoredFile {
  const { key, kind, title, content_type: contentType, size, sha256 } = row;
  const isRead = contentType !== null && size !== null && sha256 !== null;
  const content = isRead
    ? { contentType, size: Number(size), sha256: sha256.toString("hex") }
    : null;
  return { key, kind, title, content };
}
