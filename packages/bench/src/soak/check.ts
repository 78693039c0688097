import { isDeepStrictEqual } from "node:util";
import { fold } from "@countersign/core";
import { readContract, readEvents, type Store } from "@countersign/store";
import type { Counterpart } from "../counterpart/client.ts";
import { followedContracts } from "../parts/followed.ts";
import { destinations, type Bench } from "../processes/bench.ts";

const atOnce = 100;

/**
 * What must hold whatever happened: every contract is the fold of its events, every destination shows it as
 * it is, every effect is settled, and nobody outside saw a message or a write twice. A line for each breach.
 */
export async function findBreaches(
  bench: Bench,
  schema: string,
  store: Store,
  counterpart: Counterpart,
): Promise<string[]> {
  const ids = await contractIds(bench, schema);
  const followed = await followedContracts(bench, schema);
  return [
    ...(await unfolded(store, ids)).map((id) => `${id} is not the fold of its events.`),
    ...destinations.flatMap((destination) => {
      const behind = ids.length - (followed.get(destination) ?? 0);
      return behind === 0 ? [] : [`${destination} does not show ${behind} contracts as they are.`];
    }),
    ...(await unsettled(bench, schema)),
    ...(await repetitions(counterpart)),
  ];
}

/** Of these digests of bodies, those that are not stored. */
export async function findLost(
  { database }: Bench,
  schema: string,
  digests: readonly string[],
): Promise<string[]> {
  const { rows } = await database.pool.query<{ digest: string }>(
    `select given.digest from unnest($1::text[]) as given (digest)
     where not exists (select 1 from ${schema}.deliveries
       where source = 'docusign' and deliveries.digest = decode(given.digest, 'hex'))`,
    [digests],
  );
  return rows.map(
    ({ digest }) => `The delivery with digest ${digest} was accepted and is not stored.`,
  );
}

async function contractIds({ database }: Bench, schema: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select id from ${schema}.contracts where version > 0`,
  );
  return rows.map(({ id }) => id);
}

async function unfolded(store: Store, ids: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  const all = ids.values();
  const worker = async () => {
    for (const id of all) {
      const stored = await readContract(store.database, id);
      const events = await readEvents(store.database, id);
      if (stored === null) continue;
      const { source, externalId } = stored.contract;
      if (!isDeepStrictEqual(stored.contract, fold({ id, source, externalId }, events)))
        wrong.push(id);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return wrong;
}

async function unsettled({ database }: Bench, schema: string): Promise<string[]> {
  const { rows } = await database.pool.query<{
    destination: string;
    status: string;
    effects: number;
  }>(
    `select destination, status, count(*)::int as effects from ${schema}.effects
     where status in ('planned', 'failed') group by destination, status`,
  );
  return rows.map(
    ({ destination, status, effects }) => `${effects} effects of ${destination} are ${status}.`,
  );
}

async function repetitions(counterpart: Counterpart): Promise<string[]> {
  const report = await counterpart.report();
  return Object.entries(report).flatMap(([name, { repeated }]) =>
    repeated.map((change) => `${name} saw this change twice: ${change}`),
  );
}
