import { z } from "zod";

/** Salesforce's credentials: a client secret, or a username with the key that signs for it. */
export const variables = {
  SALESFORCE_LOGIN_URL: z
    .url("must be the org's address, such as https://example.my.salesforce.com")
    .default("https://login.salesforce.com"),
  SALESFORCE_CLIENT_ID: z.string().optional(),
  SALESFORCE_CLIENT_SECRET: z.string().optional(),
  SALESFORCE_USERNAME: z.string().optional(),
  SALESFORCE_PRIVATE_KEY: z
    .string()
    .transform((text) => text.replaceAll("\\n", "\n"))
    .optional(),
};

/** A record that an Opportunity belongs to; the configured fields stand beside these. */
export const ParentAnswer = z.looseObject({
  Id: z.string(),
  Name: z.string().nullish(),
  Email: z.string().nullish(),
  LastModifiedDate: z.string().optional(),
});

/** An Opportunity, in the fields that are always read; the configured ones stand beside them. */
export const OpportunityAnswer = z.looseObject({
  Id: z.string(),
  Name: z.string().nullish(),
  Amount: z.number().nullish(),
  CurrencyIsoCode: z.string().nullish(),
  StageName: z.string().nullable(),
  IsClosed: z.boolean(),
  IsWon: z.boolean(),
  LastModifiedDate: z.string(),
  Account: ParentAnswer.nullish().transform((account) => account ?? null),
  Owner: z.object({ Email: z.string().nullish() }).nullish(),
  OpportunityContactRoles: z
    .object({
      records: z.array(z.object({ IsPrimary: z.boolean(), Contact: ParentAnswer.nullable() })),
    })
    .nullish(),
});

/** What a query finds; a page holds far more than a group of deals. */
export const DealsAnswer = z.object({ records: z.array(OpportunityAnswer) });

/** Which fields there are that we may see (developer.salesforce.com, sObject Describe). */
export const DescribeAnswer = z.object({ fields: z.array(z.object({ name: z.string() })) });

/** How each record of a collection was saved, in order. */
export const SaveResults = z.array(
  z.object({
    success: z.boolean(),
    errors: z
      .array(
        z.object({
          statusCode: z.string(),
          message: z.string().catch(""),
          fields: z.array(z.string()).catch([]).default([]),
        }),
      )
      .default([]),
  }),
);

/** The org's stages (developer.salesforce.com, object reference, OpportunityStage). */
export const StagesAnswer = z.object({
  records: z.array(
    z.object({
      ApiName: z.string(),
      MasterLabel: z.string(),
      SortOrder: z.number(),
      IsActive: z.boolean(),
      IsClosed: z.boolean(),
      IsWon: z.boolean(),
    }),
  ),
});

/** What jsforce throws for an error answer: one code, or MULTIPLE_API_ERRORS with a list in `data`. */
export const ApiError = z.object({
  errorCode: z.string(),
  message: z.string(),
  data: z.unknown(),
});

export const ErrorList = z.array(
  z.object({
    errorCode: z.string(),
    message: z.string().catch(""),
    fields: z.array(z.string()).catch([]).default([]),
  }),
);
