import { adobeSign } from "./adobe-sign/index.ts";
import { documenso } from "./documenso/index.ts";
import { docuseal } from "./docuseal/index.ts";
import { docusign } from "./docusign/index.ts";
import { dropboxSign } from "./dropbox-sign/index.ts";
import { pandadoc } from "./pandadoc/index.ts";
import type { Provider } from "./provider.ts";
import { standardWebhooks } from "./standard-webhooks/index.ts";
import { ziasign } from "./ziasign/index.ts";

/** Every provider we know. A folder here and a line here: see providers.test.ts. */
export const providers: readonly Provider[] = [
  adobeSign,
  documenso,
  docuseal,
  docusign,
  dropboxSign,
  pandadoc,
  standardWebhooks,
  ziasign,
];

export function providerById(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id);
}
