import { contractStatuses, eventTypes, providers } from "@countersign/core";
import { z } from "zod";
import { crmFiles } from "./crm-files.ts";
import { CrmMatching } from "./crm-matching.ts";

const text = z.string().min(1);
const oneOrMore = <Value extends z.ZodType>(value: Value) =>
  z
    .union([value, z.array(value).min(1)])
    .transform((given) => (Array.isArray(given) ? given : [given]));

/** What a contract can say, beside its custom fields. Those that end in `At` are times. */
const contractValues = [
  "status",
  "title",
  "amount",
  "currency",
  "createdAt",
  "sentAt",
  "viewedAt",
  "completedAt",
  "endedAt",
  "expiresAt",
  "lastEventAt",
  "url",
  "provider",
  "source",
  "contractId",
  "countersignId",
  "senderName",
  "senderEmail",
  "reason",
  "signerNames",
  "signerEmails",
] as const;

export type ContractValue = (typeof contractValues)[number];

const Stages = z
  .partialRecord(z.enum([...contractStatuses, ...eventTypes]), text)
  .describe(
    "The stage that a deal moves to when its contract has this status, or once this has happened to it.",
  );

const DealFields = z
  .strictObject({ status: text.optional(), signedDate: text.optional(), url: text.optional() })
  .describe("Short for three lines of write: the names of the deal's fields for these values.");

const FieldWrite = z
  .strictObject({
    to: text.describe("The field's API name."),
    on: z
      .enum(["deal", "account", "contact"])
      .default("deal")
      .describe("Whose field: the deal's, its account's (company's) or its contact's."),
    value: z.enum(contractValues).optional().describe("What the contract says."),
    custom: text.optional().describe("The contract's custom field of this name."),
    constant: z.union([text, z.number(), z.boolean()]).optional().describe("Always this."),
    rule: z
      .enum(["ours", "theirs", "fill-blank", "newest"])
      .default("ours")
      .describe(
        "ours: written again when somebody changed it. theirs: until a person changes it. fill-blank: only into an empty field. newest: whichever changed last.",
      ),
    as: z
      .enum(["date", "date-time"])
      .default("date")
      .describe("How a time is written; dates are in UTC."),
    values: z
      .record(text, text)
      .optional()
      .describe("What the CRM calls each value, such as a picklist's; others go as they are."),
  })
  .refine(
    ({ value, custom, constant }) =>
      [value, custom, constant].filter((given) => given !== undefined).length === 1,
    "name exactly one of value, custom and constant",
  );

const When = z
  .strictObject({
    amountFrom: z.number().optional().describe("The amount is this or more."),
    amountBelow: z.number().optional().describe("The amount is less than this."),
    currency: oneOrMore(text).optional(),
    titleWords: oneOrMore(text).optional().describe("One of these words is in the title."),
    provider: oneOrMore(z.enum(providers.map(({ id }) => id))).optional(),
    source: oneOrMore(text).optional().describe("The name of the source."),
    custom: z
      .record(text, oneOrMore(text))
      .optional()
      .describe("A custom field has one of these values, also among others between commas."),
  })
  .refine((when) => Object.keys(when).length > 0, "name at least one condition");

const several = z
  .enum(["any", "all", "primary"])
  .describe(
    "Which of several contracts decides: the furthest (any), the last to be completed (all), or the primary one.",
  );

const primaryField = text.describe(
  "The custom field that makes a contract the primary one (yes, true or 1).",
);

const rules = {
  fields: DealFields.default({}),
  write: z.array(FieldWrite).default([]).describe("What is written to which field."),
  several: several.default("any"),
  primaryField: primaryField.default("primary_contract"),
};

/** What a conditional mapping leaves out is as in its section. */
const conditional = {
  name: text.describe("As history and rehearse call it."),
  when: When,
  fields: DealFields.optional(),
  write: z.array(FieldWrite).optional(),
  several: several.optional(),
  primaryField: primaryField.optional(),
};

const ownFields = z
  .boolean()
  .default(true)
  .describe(
    "The contract's id and status go to two fields of Countersign's own on each deal, which setup makes.",
  );

const mappings = "Other mappings for some contracts: the first one whose condition fits.";

const pipelines = z
  .record(z.string(), Stages)
  .describe("Stages by pipeline id; stages are internal ids.");

export const Hubspot = z
  .strictObject({
    linkField: text.default("hubspot_deal_id"),
    matching: CrmMatching.optional(),
    pipelines,
    ownFields,
    ...rules,
    ...crmFiles,
    mappings: z
      .array(z.strictObject({ ...conditional, pipelines: pipelines.optional() }))
      .default([])
      .describe(mappings),
  })
  .superRefine(refuseTwice);

export const Salesforce = z
  .strictObject({
    linkField: text.default("salesforce_opportunity_id"),
    matching: CrmMatching.optional(),
    stages: Stages,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, "use a currency's code, such as EUR")
      .optional()
      .describe("The org's currency, where it has only one: shown with amounts."),
    ownFields,
    ...rules,
    ...crmFiles,
    mappings: z
      .array(z.strictObject({ ...conditional, stages: Stages.optional() }))
      .default([])
      .describe(mappings),
  })
  .superRefine(refuseTwice);

type FieldNames = z.infer<typeof DealFields>;
type Written = {
  fields?: FieldNames | undefined;
  write?: z.infer<typeof FieldWrite>[] | undefined;
};
type Section = Written & { mappings: (Written & { name: string })[] };

/** Two lines that write one field would undo each other; two mappings of one name could not be told apart. */
function refuseTwice(section: Section, context: z.core.$RefinementCtx): void {
  findTwice(section, [], context);
  for (const [index, mapping] of section.mappings.entries()) {
    const merged = { fields: mapping.fields ?? section.fields, write: mapping.write ?? [] };
    if (mapping.write !== undefined) findTwice(merged, ["mappings", index], context);
    if (section.mappings.findIndex(({ name }) => name === mapping.name) === index) continue;
    const message = `"${mapping.name}" is the name of another mapping: give each a name of its own`;
    context.addIssue({ code: "custom", path: ["mappings", index, "name"], message });
  }
}

function findTwice(
  { fields = {}, write = [] }: Written,
  path: (string | number)[],
  context: z.core.$RefinementCtx,
): void {
  const known = new Set(Object.values(fields).map((name) => `deal ${name}`));
  for (const [index, { on, to }] of write.entries()) {
    const name = `${on} ${to}`;
    if (known.has(name)) {
      const message = `the ${on}'s field "${to}" is written by another line: keep one of them`;
      context.addIssue({ code: "custom", path: [...path, "write", index, "to"], message });
    }
    known.add(name);
  }
}
