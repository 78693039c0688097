import { hostsOf } from "../page-hosts.ts";
import type { Provider } from "../provider.ts";
import { client, type Access } from "./client.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { vendorSide } from "./vendor-side.ts";
import { sign, verify } from "./verify.ts";

/** PandaDoc webhooks and REST API. A source's secret is the shared key of its webhook subscription. */
export const pandadoc: Provider<Settings, Access> = {
  id: "pandadoc",
  title: "PandaDoc",
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
