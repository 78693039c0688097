import type { z } from "zod";
import type { ContractReport } from "./contract-report.ts";

/** One call to a vendor's API. Who makes it is handed in, so that core does no I/O. Header names in lower case. */
export type HttpCall = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** A success's body is wanted as it comes: see `stream`. */
  streamed?: boolean;
};

export type HttpAnswer = {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
  /** The body of a success as it comes, where that was asked for and can be had; `body` is empty then. */
  stream?: AsyncIterable<Uint8Array>;
};

/** Makes the call. Rejects where no answer came. */
export type Http = (call: HttpCall) => Promise<HttpAnswer>;

/** What came of reading a vendor's API. Exceptions are for calls that got no answer. */
export type Answer<Value> =
  | { outcome: "ok"; value: Value }
  /** The vendor does not know it, or no more. */
  | { outcome: "missing" }
  /** The vendor asks to come back. */
  | { outcome: "later"; seconds: number }
  /** Our credentials are not taken. */
  | { outcome: "unauthorized"; message: string }
  /** The vendor says no, in its own words. */
  | { outcome: "refused"; code: string; message: string };

/** A contract read back. `body` is the evidence: the vendor's answer as it came, from `url`. */
export type ContractReading = { report: ContractReport; url: string; body: Uint8Array };

/** An entry of a vendor's audit trail, in no vendor's words where there are such. */
export type AuditEntry = {
  /** ISO 8601 UTC. */
  at: string;
  action: string;
  actor: { name: string | null; email: string | null } | null;
  ip: string | null;
  detail: string | null;
};

/** The audit trail: as entries where the vendor has them, as a file where it has only that. */
export type AuditTrail = { entries: AuditEntry[] } | { file: SignedDocument };

export type SignedDocument = { name: string; contentType: string; bytes: Uint8Array };

/** The signed document, or the certificate (audit trail) of its signing. */
type FileKind = "signed" | "certificate";

/** A file of a completed contract. `key` tells it from the contract's others, and stays. */
export type ContractFile = { key: string; kind: FileKind; title: string | null };

/** A file's bytes, which are read once. */
export type OpenedFile = { contentType: string; bytes: AsyncIterable<Uint8Array> };

/** The files of completed contracts. What is not completed is refused with the code `not-completed`, or missing. */
export type FileCalls = {
  list(externalId: string): Promise<Answer<ContractFile[]>>;
  /** `key` as listed. */
  open(externalId: string, key: string): Promise<Answer<OpenedFile>>;
};

/** What stands in a contract's custom field, as it was read. */
export type OpenedField = {
  /** Null: nothing stands there. */
  value: string | null;
  /** Why nothing can be written there, in words for people; null where it can. */
  obstacle: string | null;
  /** Puts another value there; null takes the field away. A change that others make meanwhile is not noticed. */
  write(value: string | null): Promise<Answer<null>>;
};

/** The custom fields of contracts that have been sent. */
export type FieldCalls = {
  /** Whether they can be changed when the contract has ended. */
  afterEnd: boolean;
  open(externalId: string, name: string): Promise<Answer<OpenedField>>;
};

/**
 * A vendor's REST API as we use it. What is read goes through the provider's own normalizing, so a fact that
 * is read back has the id of the fact that was pushed.
 */
export type ProviderConnection = {
  fetchContract(externalId: string): Promise<Answer<ContractReading>>;
  /** The ids of contracts that changed since then, as far as the vendor can tell; at most 10,000. */
  listChangedSince(since: Date): Promise<Answer<string[]>>;
  fetchAuditTrail(externalId: string): Promise<Answer<AuditTrail>>;
  fetchSignedDocument(externalId: string): Promise<Answer<SignedDocument>>;
  files: FileCalls;
  /** Absent where the vendor does not let them be changed once a contract has been sent. */
  fields?: FieldCalls;
  /** Absent where the vendor has no such call. `recipientKey` null: everybody whose turn it is. */
  sendReminder?(externalId: string, recipientKey: string | null): Promise<Answer<null>>;
};

export type ProviderClient<Access = unknown> = {
  /** What a source gives under `access:`: credentials and, where there are several, the address. */
  access: z.ZodType<Access>;
  /** `settings`: what the source sets under `settings:`, where it sets any. */
  connect(
    access: Access,
    ports: { http: Http; now: () => Date; settings?: unknown },
  ): ProviderConnection;
};
