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

/** An Opportunity, in the fields that are always read; the configured ones stand beside them. */
export const OpportunityAnswer = z.looseObject({
  Id: z.string(),
  StageName: z.string().nullable(),
  IsClosed: z.boolean(),
  IsWon: z.boolean(),
  LastModifiedDate: z.string(),
});

/** Opportunities in the order asked for; null where there is none, or none that we may see. */
export const CollectionAnswer = z.array(OpportunityAnswer.nullable());

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
