import type { Provider } from "../provider.ts";
import { client, type Access } from "./client.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { vendorSide } from "./vendor-side.ts";
import { reply, sign, verify } from "./verify.ts";

/** Dropbox Sign (once HelloSign): callbacks of accounts and apps, and API v3. */
export const dropboxSign: Provider<Settings, Access> = {
  id: "dropbox-sign",
  title: "Dropbox Sign",
  settings,
  maxBodyBytes: 10 * 1024 * 1024,
  bodyProof: "none",
  verify,
  normalize,
  sign,
  reply,
  client,
  pageHosts: () => ["app.hellosign.com"],
  vendorSide,
};
