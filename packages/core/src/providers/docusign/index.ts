import type { Provider } from "../provider.ts";
import { normalize } from "./normalize.ts";
import { settings, type Settings } from "./settings.ts";
import { sign, verify } from "./verify.ts";

/** DocuSign Connect: JSON messages and the legacy XML aggregate. */
export const docusign: Provider<Settings> = {
  id: "docusign",
  title: "DocuSign",
  settings,
  maxBodyBytes: 25 * 1024 * 1024,
  verify,
  normalize,
  sign,
};
