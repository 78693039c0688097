import { hostsOf } from "../page-hosts.ts";
import type { Provider } from "../provider.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { vendorSide } from "./vendor-side.ts";
import { sign, verify } from "./verify.ts";

/** Any platform that signs by Standard Webhooks (www.standardwebhooks.com); its body's shape is in the settings. */
export const standardWebhooks: Provider<Settings> = {
  id: "standard-webhooks",
  title: "Standard Webhooks",
  settings,
  maxBodyBytes: 5 * 1024 * 1024,
  bodyProof: "signature",
  verify,
  normalize,
  sign,
  pageHosts: ({ contractUrl }) => hostsOf(contractUrl),
  vendorSide,
};
