import { samples as docusign } from "../providers/docusign/samples.ts";
import { providerById } from "../providers/index.ts";
import type { IncomingRequest } from "../providers/provider.ts";
import type { Samples, Step, Walk } from "../providers/samples.ts";
import { samples as ziasign } from "../providers/ziasign/samples.ts";

export { stepKinds, type Samples, type Step, type Walk } from "../providers/samples.ts";

/** The vendor's side of every provider, by the provider's id. */
export const samplesOf: Readonly<Record<string, Samples>> = { docusign, ziasign };

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
  const samples = samplesOf[providerId];
  if (provider === undefined || samples === undefined) {
    throw new Error(
      `No samples of provider "${providerId}"; there are ${Object.keys(samplesOf).join(", ")}.`,
    );
  }
  const settings = provider.settings.parse({});
  const now = steps.at(-1)?.at ?? new Date(0);
  return samples.deliveryBodies(walk, steps).map((body) => ({
    method: "POST",
    headers: provider.sign(body, { secrets: [secret], settings, now }),
    query: {},
    body,
  }));
}
