import { z } from "zod";

export const settings = z.object({
  /** Where people open documents: the address of the installation, where it is one's own. */
  webAppUrl: z.url().default("https://app.documenso.com"),
  /** The team's name in addresses (`/t/<team>/documents`). Without it Documenso redirects to a team's page. */
  team: z.string().min(1).optional(),
});

export type Settings = z.infer<typeof settings>;
