import { providerById } from "../providers/index.ts";
import type { IncomingRequest } from "../providers/provider.ts";
import type { Step, Walk } from "../providers/vendor-side.ts";

export { bytesOutliving } from "./outlives.ts";
export { stepKinds, type Step, type VendorContract, type Walk } from "../providers/vendor-side.ts";

/**
 * The signed webhooks that `providerId` sends when the last of `steps` happens, as requests whose header
 * names are in lower case. Throws where there is no such provider.
 */
export function sampleDeliveries(
  providerId: string,
  secret: string,
  walk: Walk,
  steps: readonly Step[],
): IncomingRequest[] {
  const provider = providerById(providerId);
  if (provider === undefined) throw new Error(`There is no provider "${providerId}".`);
  const now = steps.at(-1)?.at ?? new Date(0);
  return provider.vendorSide
    .deliveryBodies(walk, steps)
    .map((body) => signedRequest(providerId, secret, body, now));
}

/** A body in the vendor's shape as the vendor would send it at `now`. */
export function signedRequest(
  providerId: string,
  secret: string,
  body: Uint8Array,
  now: Date,
): IncomingRequest {
  const provider = providerById(providerId);
  if (provider === undefined) throw new Error(`There is no provider "${providerId}".`);
  const settings = provider.settings.parse({});
  return { method: "POST", ...provider.sign(body, { secrets: [secret], settings, now }) };
}
