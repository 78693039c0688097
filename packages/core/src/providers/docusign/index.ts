import { hostsOf } from "../page-hosts.ts";
import type { Provider } from "../provider.ts";
import type { Access } from "./access.ts";
import { client } from "./client.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { vendorSide } from "./vendor-side.ts";
import { sign, verify } from "./verify.ts";

/** DocuSign Connect: JSON messages and the legacy XML aggregate. */
export const docusign: Provider<Settings, Access> = {
  id: "docusign",
  title: "DocuSign",
  settings,
  maxBodyBytes: 25 * 1024 * 1024,
  bodyProof: "signature",
  verify,
  normalize,
  sign,
  client,
  pageHosts: ({ webAppUrl }) => hostsOf(webAppUrl),
  vendorSide,
};
