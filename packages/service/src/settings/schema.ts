import { providers } from "@countersign/core";
import { z } from "zod";
import { Hubspot, Salesforce } from "./crm-mapping.ts";

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
    .transform(whatIsGiven)
    .optional()
    .describe(
      "Credentials for the provider's API. Only by ${ENV_NAME}. What is empty counts as left out, and so does an access of which all is.",
    ),
  settings: z.record(z.string(), z.unknown()).default({}).describe("The provider's own settings."),
});

/** As with variables: with `${ENV_NAME:-}` one file serves those who set it and those who do not. */
function whatIsGiven(access: Record<string, unknown>): Record<string, unknown> | undefined {
  const given = Object.entries(access).filter(([, value]) => value !== "");
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

const slackUserId = z
  .string()
  .regex(
    /^[UW][A-Z0-9]{2,}$/,
    "use a Slack member id, such as U0123456789 (Slack: profile, Copy member ID)",
  );

const slackWorkspaceId = z
  .string()
  .regex(
    /^[TE][A-Z0-9]{2,}$/,
    "use a workspace's or organization's id, such as T0123456789 or E0123456789 (Slack in a browser: in the address)",
  );

const slackChannelId = z
  .string()
  .regex(
    /^[CG][A-Z0-9]{2,}$/,
    "use the channel's id, such as C0123456789 (Slack: channel details, at the bottom)",
  );

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "use a time such as 09:00");

const Allowed = z.union([z.enum(["everybody", "owner", "admins"]), z.array(slackUserId).min(1)]);

const SlackRoles = z
  .strictObject({
    link: Allowed.default("everybody").describe("Who may tie a contract to a deal, or untie it."),
    muteForOthers: Allowed.default("admins").describe(
      "Who may mute a contract for a whole channel.",
    ),
    subscribe: Allowed.default("everybody").describe("Who may change what a channel hears of."),
    seeAmounts: Allowed.default("everybody").describe(
      "Who is shown amounts. Other than everybody: cards in channels show none.",
    ),
    remind: Allowed.default("everybody").describe("Who may have the provider remind the signers."),
  })
  .prefault({});

const workingDays = z.array(z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])).min(1);

const WorkingHours = z
  .strictObject({
    from: timeOfDay.default("09:00"),
    to: timeOfDay.default("18:00"),
    days: workingDays.default(["mon", "tue", "wed", "thu", "fri"]),
    timezone: z
      .string()
      .refine(isTimezone, "use an IANA name, such as Europe/Berlin")
      .default("UTC")
      .describe("For whoever has told Slack no time zone of their own."),
  })
  .prefault({})
  .describe("When people are nudged. Slack's own time zone of a person outranks this one.");

const days = z.number().int().min(1).max(90);

const Stalls = z
  .strictObject({
    viewedDays: days
      .default(3)
      .describe("Working days that a viewed contract may wait for a signature."),
    partlySignedDays: days
      .default(3)
      .describe("Working days that a partly signed one may be quiet."),
    expiresWithinDays: days.default(3).describe("How long before its expiry people are told."),
    escalateAfterDays: days.default(2).describe("Working days after the owner was nudged."),
    escalateTo: slackChannelId.optional().describe("Where it goes then; nowhere unless it is set."),
  })
  .prefault({});

const Slack = z.strictObject({
  channel: slackChannelId
    .optional()
    .describe(
      "The channel that gets a card for each contract; others subscribe by /contract subscribe.",
    ),
  messagesPerSecond: z
    .number()
    .positive()
    .max(10_000)
    .default(1)
    .describe("The most that is posted to a channel. Slack takes about 1; edits keep in step."),
  noise: z
    .strictObject({
      messages: z.number().int().min(2).max(100_000).default(200),
      minutes: z.number().int().min(1).max(1_440).default(10),
    })
    .prefault({})
    .describe(
      "More messages than that to a channel, replies in threads included, and the rest is summed up until it calms.",
    ),
  directMessages: z
    .boolean()
    .default(true)
    .describe("Whether the owner of a contract hears of it by direct message."),
  workspaces: z
    .array(slackWorkspaceId)
    .min(1)
    .optional()
    .describe(
      "The workspaces and organizations in which the app may be installed by OAuth: whoever is in one sees the contracts.",
    ),
  admins: z
    .array(slackUserId)
    .min(1)
    .optional()
    .describe("Who administers Countersign; the workspace's admins unless it is set."),
  roles: SlackRoles,
  workingHours: WorkingHours,
  stalls: Stalls,
});

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}

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
