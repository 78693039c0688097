import type { Normalized } from "@countersign/core";
import type { Delivery, UnreadDelivery } from "@countersign/store";
import type { Source } from "./config.ts";

/** A source's request as what is kept of it. */
export function toDelivery(
  source: Source,
  came: Pick<Delivery, "request" | "secretIndex" | "receivedAt" | "via">,
): Delivery {
  return {
    ...came,
    source: source.name,
    provider: source.provider.id,
    bodyProof: source.provider.bodyProof,
    claimsEndings: source.confirmsEndings,
  };
}

/**
 * What a delivery says. A fault of ours in reading it is told to `onFault`, and is a reason for quarantine: it
 * can be replayed when the fault is gone.
 */
export function readFacts(
  { provider, settings }: Source,
  { request, receivedAt }: Pick<Delivery, "request" | "receivedAt">,
  onFault: (error: unknown) => void,
): Normalized {
  try {
    return provider.normalize(request, { settings, receivedAt });
  } catch (error) {
    onFault(error);
    return { understood: false, reason: "could not be read" };
  }
}

/** What a kept delivery was when it came, and what it says. Its source must be one of those. */
export function readKept(
  sources: ReadonlyMap<string, Source>,
  kept: UnreadDelivery,
  onFault: (error: unknown) => void,
): { delivery: Delivery; normalized: Normalized } {
  const source = sources.get(kept.source);
  if (source === undefined) throw new Error("The delivery is of a source that is not configured.");
  const { request, secretIndex, receivedAt, via } = kept;
  const delivery = toDelivery(source, { request, secretIndex, receivedAt, via });
  return { delivery, normalized: readFacts(source, delivery, onFault) };
}
