import { hostsOf } from "../page-hosts.ts";
import type { Provider } from "../provider.ts";
import type { Access } from "./access.ts";
import { client } from "./client.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { vendorSide } from "./vendor-side.ts";
import { sign, verify } from "./verify.ts";

/** ZiaSign webhooks. What its documentation leaves open is a setting: see settings.ts. */
export const ziasign: Provider<Settings, Access> = {
  id: "ziasign",
  title: "ZiaSign",
  settings,
  maxBodyBytes: 10 * 1024 * 1024,
  bodyProof: "signature",
  verify,
  normalize,
  sign,
  client,
  pageHosts: ({ documentUrl }) => hostsOf(documentUrl),
  vendorSide,
};
