import type { ContractReading, Provider } from "@countersign/core";
import type { Delivery } from "@countersign/store";

/** What a provider answered when we read a contract back: evidence like a webhook, only that we asked for it. */
export function deliveryOf(
  source: { name: string; provider: Pick<Provider, "id"> },
  reading: Pick<ContractReading, "body">,
  { via, receivedAt }: Pick<Delivery, "via" | "receivedAt">,
): Delivery {
  return {
    source: source.name,
    provider: source.provider.id,
    request: { method: "GET", headers: {}, query: {}, body: reading.body },
    secretIndex: null,
    bodyProof: "signature",
    claimsEndings: false,
    receivedAt,
    via,
  };
}
