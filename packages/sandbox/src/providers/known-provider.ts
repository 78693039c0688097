import { providerById, type Provider } from "@countersign/core";

/** The provider with this id. Throws where there is none: what comes from outside is checked before. */
export function knownProvider(id: string): Provider {
  const provider = providerById(id);
  if (provider === undefined) throw new Error(`There is no provider "${id}".`);
  return provider;
}
