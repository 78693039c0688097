import type { z } from "zod";
import type { ContractReport } from "./contract-report.ts";

/** One call to a vendor's API. Who makes it is handed in, so that core does no I/O. Header names in lower case. */
export type HttpCall = {
  method: "GET" | "POST" | "PUT";
  url: string;
  headers: Record<string, string>;
  body?: string;
};

export type HttpAnswer = { status: number; headers: Record<string, string>; body: Uint8Array };

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
