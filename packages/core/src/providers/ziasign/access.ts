import { z } from "zod";
import { withoutLastSlash } from "../last-slash.ts";
import { webAddress } from "../web-address.ts";

/** An API key with the scope documents:read, and documents:write for reminders: ziasign.com/docs/api-authentication. */
export const access = z.object({
  /** The key's id, sent as `X-Api-Key`. */
  apiKey: z.string().min(1),
  /** The key's secret, with which each call is signed. */
  apiSecret: z.string().min(1),
  baseUrl: webAddress.transform(withoutLastSlash).default("https://api.ziasign.com/api/v1"),
  /**
   * What `URL_PATH` in the signed text is, which the documentation leaves open: the whole path, the path
   * with its query, or what follows `baseUrl`, without the query.
   */
  signedPath: z.enum(["path", "path-and-query", "below-base"]).default("path"),
  /** The documentation does not name it either. */
  signatureEncoding: z.enum(["hex", "base64"]).default("hex"),
});

export type Access = z.infer<typeof access>;
