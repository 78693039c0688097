import type { Provider } from "../provider.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { sign, verify } from "./verify.ts";

/** ZiaSign webhooks. What its documentation leaves open is a setting: see settings.ts. */
export const ziasign: Provider<Settings> = {
  id: "ziasign",
  title: "ZiaSign",
  settings,
  maxBodyBytes: 10 * 1024 * 1024,
  verify,
  normalize,
  sign,
};
