import { z } from "zod";
import { usualTolerance } from "../../signatures/timestamp.ts";
import { webAddress } from "../web-address.ts";

export const settings = z.object({
  /** Where people open submissions. EU: https://docuseal.eu; self-hosted: the installation's own address. */
  webAppUrl: webAddress.default("https://docuseal.com"),
  /** Seconds between signing and arrival. DocuSeal's own verifier takes 300. */
  toleranceSeconds: z.number().int().min(0).max(86_400).default(usualTolerance),
  /** What `submission.archived` says of a submission, whose body does not show its state: see identity.ts. */
  archivedMeans: z.enum(["voided", "noted"]).default("voided"),
});

export type Settings = z.infer<typeof settings>;
