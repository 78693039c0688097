import { docusign } from "./docusign/index.ts";
import type { Provider } from "./provider.ts";
import { ziasign } from "./ziasign/index.ts";

/** Every provider we know. A folder here and a line here: see providers.test.ts. */
export const providers: readonly Provider[] = [docusign, ziasign];

export function providerById(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}
