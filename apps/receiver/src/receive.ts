import type { IncomingRequest, Normalized, RefusalReason } from "@countersign/core";
import type { Delivery, Recorded } from "@countersign/store";
import type { Source } from "./config.ts";

/** What became of a request. Expected ends are values; `answer.ts` says what each is answered. */
export type Received =
  | Recorded
  | { outcome: "refused"; reason: RefusalReason }
  /** It could not be made durable. The provider is asked to send it again. */
  | { outcome: "unavailable"; error: unknown };

export type ReceivePorts = {
  record: (delivery: Delivery, normalized: Normalized) => Promise<Recorded>;
  now: () => Date;
};

/** Verify the bytes, read the facts, make both durable. */
export async function receive(
  source: Source,
  request: IncomingRequest,
  ports: ReceivePorts,
): Promise<Received> {
  const { provider, secrets, settings } = source;
  const receivedAt = ports.now();
  const verified = provider.verify(request, { secrets, settings, now: receivedAt });
  if (!verified.authentic) return { outcome: "refused", reason: verified.reason };
  const { secretIndex } = verified;
  const normalized = provider.normalize(request, { settings, receivedAt });
  const delivery: Delivery = {
    source: source.name,
    provider: provider.id,
    request: withoutCredentials(request, provider.secretHeaders ?? []),
    secretIndex,
    bodyProof: provider.bodyProof,
    claimsEndings: source.confirmsEndings,
    receivedAt,
    via: "webhook",
  };
  return keep(delivery, normalized, ports);
}

/** Credentials of the provider, or of a proxy or person in front of us, are no part of the evidence. */
function withoutCredentials(
  request: IncomingRequest,
  secretHeaders: readonly string[],
): IncomingRequest {
  const left = new Set(["authorization", "cookie", "proxy-authorization", ...secretHeaders]);
  const kept = Object.entries(request.headers).filter(([name]) => !left.has(name));
  return { ...request, headers: Object.fromEntries(kept) };
}

async function keep(
  delivery: Delivery,
  normalized: Normalized,
  ports: ReceivePorts,
): Promise<Received> {
  try {
    return await ports.record(delivery, normalized);
  } catch (error) {
    if (!normalized.understood || !isDataFault(error)) return { outcome: "unavailable", error };
    return keep(delivery, { understood: false, reason: "could not be stored" }, ports);
  }
}

/**
 * PostgreSQL refused the values themselves (SQLSTATE classes 22 and 23): sending the same again cannot
 * help, so the delivery is kept for a person to look at.
 */
function isDataFault(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  return typeof error.code === "string" && /^2[23]...$/.test(error.code);
}
