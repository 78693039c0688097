import type { z } from "zod";
import type { ReportedFact } from "../contract-event.ts";

/** An HTTP request as it came: the body untouched, header names in lower case. */
export type IncomingRequest = {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  query: Record<string, string>;
  body: Uint8Array;
};

/** What a source's connection knows when it judges a request. */
export type VerifyContext<Settings> = {
  /** Every secret that is valid now; several during a rotation. */
  secrets: readonly string[];
  settings: Settings;
  now: Date;
};

/** `secretIndex` says which secret proved it, so that an operator sees when the old one is idle. */
export type Verification =
  | { authentic: true; secretIndex: number }
  | { authentic: false; reason: RefusalReason };

export type RefusalReason = "no-secret" | "no-signature" | "bad-signature" | "too-old";

/** Facts about one contract. A delivery may report several contracts. */
export type ContractReport = {
  /** The provider's own id of the contract. */
  externalId: string;
  facts: ReportedFact[];
};

export type Normalized =
  | { understood: true; reports: ContractReport[] }
  /** Authentic, but not what we know how to read: kept, counted, shown, replayable. */
  | { understood: false; reason: string };

export type NormalizeContext<Settings> = {
  settings: Settings;
  /** For bodies that carry no time of their own. */
  receivedAt: Date;
};

export type Reply = { status: number; headers?: Record<string, string>; body?: string };

/**
 * An e-signature vendor. `verify` judges the bytes as they came; `normalize` reads every fact the body
 * proves and never throws on foreign data; `sign` plays the vendor's side for tests and the sandbox.
 */
export type Provider<Settings = unknown> = {
  id: string;
  /** The name people know it by. */
  title: string;
  /** What a source may set under `settings:`; a schema that accepts `{}`. */
  settings: z.ZodType<Settings>;
  /** Largest body accepted, in bytes, unless the source says otherwise. */
  maxBodyBytes: number;
  verify(request: IncomingRequest, context: VerifyContext<Settings>): Verification;
  normalize(request: IncomingRequest, context: NormalizeContext<Settings>): Normalized;
  /** The headers with which the vendor would send this body. */
  sign(body: Uint8Array, context: VerifyContext<Settings>): Record<string, string>;
  /** The vendor's own success answer, where an empty 200 is not enough. */
  reply?(request: IncomingRequest): Reply;
};
