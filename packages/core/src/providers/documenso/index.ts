import { hostsOf } from "../page-hosts.ts";
import type { Provider } from "../provider.ts";
import { client, type Access } from "./client.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { vendorSide } from "./vendor-side.ts";
import { secretHeader, sign, verify } from "./verify.ts";

/** Documenso webhooks and REST API v2. A source's secret is the one that was typed in with the webhook. */
export const documenso: Provider<Settings, Access> = {
  id: "documenso",
  title: "Documenso",
  settings,
  maxBodyBytes: 10 * 1024 * 1024,
  bodyProof: "none",
  secretHeaders: [secretHeader],
  verify,
  normalize,
  sign,
  client,
  pageHosts: ({ webAppUrl }) => hostsOf(webAppUrl),
  vendorSide,
};
