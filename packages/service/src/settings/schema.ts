import { contractStatuses, providers } from "@countersign/core";
import { z } from "zod";

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,49}$/, "use small letters, digits and hyphens, at most 50");

const Source = z.strictObject({
  name: name.describe("Its webhook path is /webhooks/<name>."),
  provider: z.enum(providers.map((provider) => provider.id)),
  secrets: z
    .array(z.string().min(1))
    .min(1)
    .describe("Every secret that is valid now; two during a rotation. Only by ${ENV_NAME}."),
  maxBodyMegabytes: z.number().positive().max(100).optional(),
  rate: z
    .strictObject({ perSecond: z.number().positive(), burst: z.number().int().positive() })
    .optional()
    .describe(
      "The most requests in a second on average and at once; what is more is answered 429.",
    ),
  confirm: z
    .literal("terminal")
    .optional()
    .describe("Endings take effect only once they are read back from the provider; needs access."),
  access: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("Credentials for the provider's API. Only by ${ENV_NAME}."),
  settings: z.record(z.string(), z.unknown()).default({}).describe("The provider's own settings."),
});

const Slack = z.strictObject({
  channel: z
    .string()
    .regex(
      /^[CG][A-Z0-9]{2,}$/,
      "use the channel's id, such as C0123456789 (Slack: channel details, at the bottom)",
    )
    .describe("The channel that gets a card for each contract, by its id."),
  messagesPerSecond: z
    .number()
    .positive()
    .max(10_000)
    .default(1)
    .describe("The most that is posted to a channel. Slack takes about 1; edits keep in step."),
});

const Stages = z
  .partialRecord(z.enum(contractStatuses), z.string().min(1))
  .describe("The stage that a deal moves to when its contract has this status.");

const DealFields = z
  .strictObject({
    status: z.string().min(1).optional(),
    signedDate: z.string().min(1).optional(),
    url: z.string().min(1).optional(),
  })
  .describe("The names of the deal's fields that Countersign writes.");

const Hubspot = z.strictObject({
  linkField: z.string().min(1).default("hubspot_deal_id"),
  pipelines: z
    .record(z.string(), Stages)
    .describe("Stages by pipeline id; stages are internal ids."),
  fields: DealFields.default({}),
});

const Salesforce = z.strictObject({
  linkField: z.string().min(1).default("salesforce_opportunity_id"),
  stages: Stages,
  fields: DealFields.default({}),
});

const Retention = z.strictObject({
  deliveryDays: z
    .number()
    .int()
    .min(1)
    .max(3_650)
    .describe("How long bodies and headers of webhooks are kept; what they proved stays."),
});

/** The whole of countersign.yaml. A section that an app does not need may be left out. */
export const Settings = z.strictObject({
  sources: z.array(Source).min(1).optional(),
  slack: Slack.optional(),
  hubspot: Hubspot.optional(),
  salesforce: Salesforce.optional(),
  retention: Retention.default({ deliveryDays: 90 }),
});

export type Settings = z.infer<typeof Settings>;
export type SourceSettings = z.infer<typeof Source>;
export type SlackSettings = z.infer<typeof Slack>;
export type HubspotSettings = z.infer<typeof Hubspot>;
export type SalesforceSettings = z.infer<typeof Salesforce>;
