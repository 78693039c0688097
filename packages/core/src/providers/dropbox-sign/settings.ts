import { z } from "zod";

/** Nothing is left to a source: the secrets are API keys of the account, the old one staying valid for a while. */
export const settings = z.object({});

export type Settings = z.infer<typeof settings>;
