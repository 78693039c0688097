import { z } from "zod";

/** What crm-sync says of a rehearsal, as far as it is read here. */
export const CrmPart = z.looseObject({ since: z.string() });

/** What slack-bot says of it; null where neither file has a section for Slack. */
export const SlackPart = z.object({ slack: z.unknown() });
