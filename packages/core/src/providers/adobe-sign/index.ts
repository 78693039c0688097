import { hostsOf } from "../page-hosts.ts";
import type { Provider } from "../provider.ts";
import type { Access } from "./api.ts";
import { client } from "./client.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { vendorSide } from "./vendor-side.ts";
import { handshake, reply, secretHeaders, sign, verify } from "./verify.ts";

/** Adobe Acrobat Sign webhooks and REST v6. */
export const adobeSign: Provider<Settings, Access> = {
  id: "adobe-sign",
  title: "Adobe Acrobat Sign",
  settings,
  /** Adobe leaves parts out of what has more than 10 MB: `conditionalParametersTrimmed`. */
  maxBodyBytes: 12 * 1024 * 1024,
  bodyProof: "none",
  secretHeaders,
  verify,
  normalize,
  sign,
  reply,
  handshake,
  client,
  pageHosts: ({ agreementUrl }) => hostsOf(agreementUrl),
  vendorSide,
};
