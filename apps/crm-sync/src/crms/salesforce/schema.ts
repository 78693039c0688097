import { z } from "zod";

/** Salesforce's credentials: a client secret, or a username with the key that signs for it. */
export const variables = {
  SALESFORCE_LOGIN_URL: z
    .url({
      protocol: /^https?$/,
      error: "must be the org's address, such as https://example.my.salesforce.com",
    })
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

/** The API versions that the org serves (`GET /services/data`). */
export const VersionsAnswer = z.array(z.object({ version: z.string() }));

/** An object as the signed-in user sees it (developer.salesforce.com, "sObject Describe"). */
export const DescribeAnswer = z.object({
  updateable: z.boolean(),
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      length: z.number().default(0),
      updateable: z.boolean(),
      /** False: required everywhere. */
      nillable: z.boolean().default(true),
      filterable: z.boolean().default(true),
      restrictedPicklist: z.boolean().default(false),
      picklistValues: z.array(z.object({ value: z.string(), active: z.boolean() })).default([]),
    }),
  ),
});

/** Whether the signed-in user may make such records ("sObject Describe"). */
export const CreateableAnswer = z.object({ createable: z.boolean() });

/** Accounts with their websites. */
export const AccountsAnswer = z.object({
  done: z.boolean(),
  records: z.array(z.object({ Id: z.string(), Website: z.string().nullable() })),
});

/** Which contacts Opportunities have. */
export const RolesAnswer = z.object({
  done: z.boolean(),
  records: z.array(
    z.object({
      OpportunityId: z.string(),
      Contact: z.object({ Email: z.string().nullable() }).nullable(),
    }),
  ),
});

/** An Opportunity that a contract may belong to. */
export const CandidatesAnswer = z.object({
  done: z.boolean(),
  records: z.array(
    z.object({
      Id: z.string(),
      Name: z.string().nullable(),
      Amount: z.number().nullable(),
      CloseDate: z.string().nullable(),
      CreatedDate: z.string().nullable(),
      AccountId: z.string().nullable(),
      Account: z.object({ Name: z.string().nullable(), Website: z.string().nullable() }).nullable(),
      Owner: z.object({ Email: z.string().nullable() }).nullable(),
    }),
  ),
});

export const AccountOfAnswer = z.object({
  records: z.array(
    z.object({
      AccountId: z.string().nullable(),
      Account: z.object({ Name: z.string().nullable() }).nullable(),
    }),
  ),
});

/** Records of a query of which only the id matters. */
export const IdsAnswer = z.object({ records: z.array(z.object({ Id: z.string() })) });

/** Records of a query with whatever fields were asked for. */
export const RecordsAnswer = z.object({ records: z.array(z.looseObject({ Id: z.string() })) });

/**
 * Custom fields (developer.salesforce.com, Tooling API, "CustomField"): their names without `__c`, and without the
 * prefix that those of a managed package have.
 */
export const ToolingFieldsAnswer = z.object({
  records: z.array(z.object({ DeveloperName: z.string(), NamespacePrefix: z.string().nullish() })),
});

/** What a permission set grants (object reference, ObjectPermissions and FieldPermissions). */
export const ObjectGrantsAnswer = z.object({
  records: z.array(
    z.object({
      Id: z.string(),
      SobjectType: z.string(),
      PermissionsRead: z.boolean(),
      PermissionsEdit: z.boolean(),
    }),
  ),
});
export const FieldGrantsAnswer = z.object({
  records: z.array(z.object({ Id: z.string(), Field: z.string(), PermissionsEdit: z.boolean() })),
});

/** A record that was made. */
export const MadeAnswer = z.object({ id: z.string(), success: z.literal(true) });

/** What a record's files are, by the documents that are linked to it, and its tasks. */
export const LinksAnswer = z.object({
  records: z.array(z.object({ ContentDocumentId: z.string() })),
});
export const FilesAnswer = z.object({
  records: z.array(z.object({ Id: z.string(), PathOnClient: z.string().nullable() })),
});
export const TasksAnswer = z.object({
  records: z.array(z.object({ Id: z.string(), Description: z.string().nullable() })),
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
