import type { z } from "zod";
import type { ProviderClient } from "./client.ts";
import type { ContractReport } from "./contract-report.ts";
import type { VendorSide } from "./vendor-side.ts";

export type { ContractReport };

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

export type Normalized =
  /** `unread`: why a part of it could not be read. Its reports count, and it is kept as what is not understood. */
  | { understood: true; reports: ContractReport[]; unread?: string }
  /** Authentic, but not what we know how to read: kept, counted, shown, replayable. */
  | { understood: false; reason: string };

export type NormalizeContext<Settings> = {
  settings: Settings;
  /** For bodies that carry no time of their own. */
  receivedAt: Date;
};

export type Reply = { status: number; headers?: Record<string, string>; body?: string };

/** A body as the vendor sends it: some sign in a header, some in the URL, some inside the body. */
export type SignedRequest = {
  headers: Record<string, string>;
  query: Record<string, string>;
  body: Uint8Array;
};

/**
 * An e-signature vendor. `verify` judges the bytes as they came; `normalize` reads every fact the body
 * proves and never throws on foreign data; `sign` plays the vendor's side for tests and the sandbox.
 */
export type Provider<Settings = unknown, Access = unknown> = {
  id: string;
  /** The name people know it by. */
  title: string;
  /** What a source may set under `settings:`. */
  settings: z.ZodType<Settings>;
  /** Largest body accepted, in bytes, unless the source says otherwise. */
  maxBodyBytes: number;
  /** "none": whoever knows the secret's place in a request can put any body beside it. */
  bodyProof: "signature" | "none";
  /** Headers that carry the secret itself, in lower case: they are left out of the kept delivery. */
  secretHeaders?: readonly string[];
  verify(request: IncomingRequest, context: VerifyContext<Settings>): Verification;
  normalize(request: IncomingRequest, context: NormalizeContext<Settings>): Normalized;
  /** Any bytes as the vendor would deliver them: what it cannot read it wraps as it is. */
  sign(body: Uint8Array, context: VerifyContext<Settings>): SignedRequest;
  /** The vendor's own success answer, where an empty 200 is not enough. */
  reply?(request: IncomingRequest): Reply;
  /** The answer to the GET by which the vendor checks the address, for vendors that do. */
  handshake?(request: IncomingRequest, context: VerifyContext<Settings>): Reply;
  /** The hosts of the pages where people open its contracts; none where no such address is known. */
  pageHosts(settings: Settings): readonly string[];
  /** Its REST API, where we read it. */
  client?: ProviderClient<Access>;
  /** The vendor's own side, for tests and the sandbox. */
  vendorSide: VendorSide;
};
