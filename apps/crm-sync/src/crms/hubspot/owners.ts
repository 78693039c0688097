import type { z } from "zod";
import type { Calls } from "../calls.ts";
import { remember } from "../remember.ts";
import type { HubspotClient } from "./client.ts";
import { paths } from "./paths.ts";
import { OwnersAnswer } from "./schema.ts";
import { whereAllowed } from "./unless-withheld.ts";

/** E-mail addresses by owner id; undefined where the token may not read them. */
export type Owners = ReadonlyMap<string, string> | undefined;

const rememberedSeconds = 3_600;

/** Owners in a page, the most that HubSpot gives (developers.hubspot.com, owners). */
const largestPage = 500;

type Page = z.infer<typeof OwnersAnswer>;

/** Reads all pages once in an hour for all who ask, also where the token may not: a failure is no answer. */
export function rememberOwners(
  readPage: (after: string | undefined) => Promise<Page>,
  now: () => Date,
): () => Promise<Owners> {
  const load = async () => {
    const owners = new Map<string, string>();
    let after: string | undefined;
    do {
      const page = await readPage(after);
      for (const { id, email } of page.results) if (email) owners.set(id, email);
      after = page.paging?.next?.after;
    } while (after !== undefined);
    return owners;
  };
  return remember(() => whereAllowed(undefined, load), rememberedSeconds, now);
}

export function ownersPages(client: HubspotClient, call: Calls) {
  return (after: string | undefined): Promise<Page> => {
    const query = { limit: String(largestPage), ...(after !== undefined && { after }) };
    return call("read-owners", () => client.get(paths.owners, OwnersAnswer, query));
  };
}
