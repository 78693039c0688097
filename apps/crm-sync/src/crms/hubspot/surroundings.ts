import type { Calls } from "../calls.ts";
import { remember } from "../remember.ts";
import type { HubspotClient } from "./client.ts";
import type { Owners } from "./owners.ts";
import { paths } from "./paths.ts";
import { DetailsAnswer } from "./schema.ts";
import { whereAllowed } from "./unless-withheld.ts";

/** What belongs to the account, not to a deal. Undefined where it could not be read: deals are read without. */
export type Surroundings = {
  owners: Owners;
  details: { portalId: number; uiDomain: string; companyCurrency: string } | undefined;
};

const rememberedSeconds = 3_600;

/** Reads the account once in an hour, also where the token may not: then it is not asked every time. */
export function readSurroundings(
  client: HubspotClient,
  call: Calls,
  readOwners: () => Promise<Owners>,
  now: () => Date,
): () => Promise<Surroundings> {
  const readDetails = remember(
    () =>
      whereAllowed(undefined, () =>
        call("read-account", () => client.get(paths.account, DetailsAnswer)),
      ),
    rememberedSeconds,
    now,
  );
  return async () => {
    const [owners, details] = await Promise.all([
      orUndefined(readOwners),
      orUndefined(readDetails),
    ]);
    return { owners, details };
  };
}

/** What people like to see must not keep a contract from its deal. */
async function orUndefined<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}
