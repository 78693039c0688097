import { z } from "zod";
import { webAddress } from "../web-address.ts";

export const settings = z.object({
  /** Where people open documents: the address of the installation, where it is one's own. */
  webAppUrl: webAddress.default("https://app.documenso.com"),
  /** The team's name in addresses (`/t/<team>/documents`). Without it Documenso redirects to a team's page. */
  team: z.string().min(1).optional(),
});

export type Settings = z.infer<typeof settings>;
