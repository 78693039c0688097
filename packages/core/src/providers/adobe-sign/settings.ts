import { z } from "zod";
import { webAddress } from "../web-address.ts";

/** Adobe signs nothing: see verify.ts for what may stand in for a signature. */
export const settings = z.object({
  /**
   * What the source's secrets are: the client ids that the webhooks carry, or the OAuth bearer tokens that
   * Adobe sends where the account has its webhook endpoint API switched on.
   */
  proof: z.enum(["client-id", "bearer"]).default("client-id"),
  /** Where people open an agreement, `{id}` standing for its id. It depends on the account's shard. */
  agreementUrl: webAddress.optional(),
});

export type Settings = z.infer<typeof settings>;
