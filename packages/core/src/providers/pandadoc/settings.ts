import { z } from "zod";
import { webAddress } from "../web-address.ts";

export const settings = z.object({
  /** Where people open documents. */
  webAppUrl: webAddress.default("https://app.pandadoc.com"),
  /**
   * A header in which the signature is taken as well. PandaDoc's documentation knows the query alone; some
   * public code also looks for `x-pandadoc-signature`.
   */
  signatureHeader: z.string().min(1).toLowerCase().optional(),
});

export type Settings = z.infer<typeof settings>;
