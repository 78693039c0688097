import { z } from "zod";

const Files = z
  .strictObject({
    signed: z.boolean().default(true).describe("The signed document."),
    certificate: z
      .boolean()
      .default(true)
      .describe("The certificate (audit trail), where the provider has one by itself."),
  })
  .describe(
    "Which files of a completed contract are attached to its deal. Needs access of its source. None unless it is set.",
  );

const Quota = z
  .strictObject({
    share: z
      .number()
      .min(0.05)
      .max(1)
      .default(0.9)
      .describe(
        "Countersign waits once this part of the day's calls is used, by all apps together.",
      ),
  })
  .describe("How much of the CRM's calls a day may be used up.");

/** What a CRM's section says of files, notes, calls and its deals' ids, beside its fields. */
export const crmFiles = {
  files: Files.optional(),
  notes: z
    .enum(["milestones", "none"])
    .optional()
    .describe(
      "milestones: a note on the deal (HubSpot) or a closed task (Salesforce) for each thing that happens to the contract. None unless it is set.",
    ),
  quota: Quota.optional(),
  writeBack: z
    .boolean()
    .default(true)
    .describe(
      "Whether a deal that was found by a rule or a person is named in the contract's linkField at its provider. Needs access of its source, with a key that may change contracts.",
    ),
};

const section = z.object(crmFiles);

export type CrmFilesSettings = z.infer<typeof section>;
