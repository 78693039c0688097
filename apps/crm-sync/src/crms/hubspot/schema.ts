import { webAddress } from "@countersign/core";
import { z } from "zod";

/** HubSpot's credentials: a service key's or an app's access token. */
export const variables = {
  HUBSPOT_ACCESS_TOKEN: z.string().optional(),
  /** What the account's plan allows this app; 100 is the least that any plan does. */
  HUBSPOT_CALLS_PER_10_SECONDS: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(50, "must be 50 or more")
    .default(100),
  HUBSPOT_API_URL: webAddress.default("https://api.hubapi.com"),
};

/** A deal, in the fields that are read (developers.hubspot.com, CRM objects). Values are text on the wire. */
export const DealAnswer = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.string().nullable()),
  updatedAt: z.string(),
});

/** What a batch answers, also with 207; fields as of the error's body, so all may be missing. */
export const BatchAnswer = z.object({
  results: z.array(DealAnswer),
  errors: z
    .array(
      z.looseObject({
        category: z.string().optional().catch(undefined),
        context: z
          .object({
            ids: z.array(z.string()).optional().catch(undefined),
            objectWriteTraceId: z.array(z.string()).optional().catch(undefined),
          })
          .catch({})
          .default({}),
      }),
    )
    .default([]),
});

/** Which contacts deals have (developers.hubspot.com, associations). */
export const AssociationsAnswer = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: z.string() }),
      to: z.array(z.object({ toObjectId: z.coerce.string() })).default([]),
    }),
  ),
});

/** Who owns records (developers.hubspot.com, owners), a page of them. */
export const OwnersAnswer = z.object({
  results: z.array(z.object({ id: z.string(), email: z.string().nullish() })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).nullish(),
});

/** The account (developers.hubspot.com, account information), as far as it makes links and amounts readable. */
export const DetailsAnswer = z.object({
  portalId: z.number(),
  uiDomain: z.string(),
  companyCurrency: z.string(),
});

/** What an update answers, as far as it proves that the answer is HubSpot's. */
export const WrittenAnswer = z.object({ id: z.string() });

/** A file of the account (developers.hubspot.com, Files), and what lies at a path. */
export const FileAnswer = z.object({ id: z.string() });
export const FileStatAnswer = z.object({ file: FileAnswer.optional() });

/** Records that a record is associated with. v4 gives their ids as numbers. */
export const AssociatedAnswer = z.object({
  results: z.array(z.object({ toObjectId: z.coerce.string() })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

export const NotesAnswer = z.object({
  results: z.array(
    z.object({ id: z.string(), properties: z.object({ hs_note_body: z.string().nullish() }) }),
  ),
});

/** All pipelines of deals with their stages (developers.hubspot.com, CRM pipelines). */
export const PipelinesAnswer = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      stages: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          displayOrder: z.number(),
          archived: z.boolean().default(false),
          metadata: z
            .object({
              isClosed: z.coerce.string().optional(),
              probability: z.coerce.number().optional(),
            })
            .default({}),
        }),
      ),
    }),
  ),
});

/** What a search found (developers.hubspot.com, CRM search). */
export const SearchAnswer = z.object({
  results: z.array(DealAnswer),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).nullish(),
});

/** All properties of an object (developers.hubspot.com, CRM properties). */
export const PropertiesAnswer = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      options: z.array(z.object({ value: z.string() })).default([]),
      calculated: z.boolean().default(false),
      modificationMetadata: z.object({ readOnlyValue: z.boolean().default(false) }).optional(),
    }),
  ),
});

/** The groups that an object's properties stand in. */
export const GroupsAnswer = z.object({ results: z.array(z.object({ name: z.string() })) });

/** A group or property that was made. */
export const MadeAnswer = z.object({ name: z.string() });

/** An error's body; HubSpot says to take every field as optional (usage guidelines, error handling). */
export const ErrorAnswer = z.object({
  message: z.string().optional().catch(undefined),
  category: z.string().optional().catch(undefined),
  policyName: z.string().optional().catch(undefined),
  correlationId: z.string().optional().catch(undefined),
  errors: z
    .array(
      z.object({
        message: z.string().optional().catch(undefined),
        code: z.string().optional().catch(undefined),
        context: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
      }),
    )
    .catch([])
    .default([]),
});
