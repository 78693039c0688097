import type { Calls } from "../calls.ts";
import { remember } from "../remember.ts";
import type { HubspotClient } from "./client.ts";
import { paths } from "./paths.ts";
import { DetailsAnswer, OwnersAnswer } from "./schema.ts";

/** What belongs to the account, not to a deal. Undefined where it could not be read: deals are read without. */
export type Surroundings = {
  /** E-mail addresses by owner id. */
  owners: ReadonlyMap<string, string> | undefined;
  details: { portalId: number; uiDomain: string; companyCurrency: string } | undefined;
};

const rememberedSeconds = 3_600;

/** Owners in a page, the most that HubSpot gives. */
const largestPage = 500;

/** Reads owners and account once in an hour, also where the token may not: then it is not asked every time. */
export function readSurroundings(
  client: HubspotClient,
  call: Calls,
  now: () => Date,
): () => Promise<Surroundings> {
  const load = async () => {
    const [owners, details] = await Promise.all([
      orUndefined(() => readOwners(client, call)),
      orUndefined(() => call("read-account", () => client.get(paths.account, DetailsAnswer))),
    ]);
    return { owners, details };
  };
  return remember(load, rememberedSeconds, now);
}

async function readOwners(client: HubspotClient, call: Calls): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  let after: string | undefined;
  do {
    const query = { limit: String(largestPage), ...(after !== undefined && { after }) };
    const page = await call("read-owners", () => client.get(paths.owners, OwnersAnswer, query));
    for (const { id, email } of page.results) if (email) owners.set(id, email);
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return owners;
}

/** What people like to see must not keep a contract from its deal. */
async function orUndefined<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}
