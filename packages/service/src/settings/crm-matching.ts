import { z } from "zod";

const domain = z
  .string()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "use a domain in small letters, such as example.com");

/** How contracts that name no deal find theirs. Off unless a CRM has this section. */
export const CrmMatching = z
  .strictObject({
    certain: z
      .number()
      .min(0.5)
      .max(1)
      .default(0.75)
      .describe("How sure a match must be, of 1, to link by itself; others wait for a person."),
    margin: z
      .number()
      .min(0)
      .max(1)
      .default(0.15)
      .describe("How much surer than the next best deal it must be."),
    ignoreDomains: z
      .array(domain)
      .default([])
      .describe("E-mail domains that say nothing of the counterparty: your own, and shared ones."),
  })
  .describe(
    "Looks for the deals of contracts that name none, by signers, amount, title and owner.",
  );

export type CrmMatching = z.infer<typeof CrmMatching>;
