import { hostsOf } from "../page-hosts.ts";
import type { Provider } from "../provider.ts";
import { client, type Access } from "./client.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { vendorSide } from "./vendor-side.ts";
import { sign, verify } from "./verify.ts";

/** DocuSeal webhooks, of its clouds and of installations since May 2026, which sign them. */
export const docuseal: Provider<Settings, Access> = {
  id: "docuseal",
  title: "DocuSeal",
  settings,
  maxBodyBytes: 10 * 1024 * 1024,
  bodyProof: "signature",
  verify,
  normalize,
  sign,
  client,
  pageHosts: ({ webAppUrl }) => hostsOf(webAppUrl),
  vendorSide,
};
