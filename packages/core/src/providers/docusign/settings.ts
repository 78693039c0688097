import { z } from "zod";
import { webAddress } from "../web-address.ts";

/** `webAppUrl`: where people open envelopes; the demo system has https://apps-d.docusign.com. */
export const settings = z.object({
  webAppUrl: webAddress.default("https://app.docusign.com"),
  /** Hours from UTC of times in XML that names no offset. DocuSign writes Pacific time for every account. */
  xmlUtcOffsetHours: z.number().min(-14).max(14).default(-8),
});

export type Settings = z.infer<typeof settings>;
