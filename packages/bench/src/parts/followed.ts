import type { Bench } from "../processes/bench.ts";

/** By destination: how many contracts it shows as they are now. */
export async function followedContracts(
  { database }: Pick<Bench, "database">,
  schema: string,
): Promise<Map<string, number>> {
  const { rows } = await database.pool.query<{ destination: string; contracts: number }>(
    `select destination, count(*)::int as contracts from ${schema}.followed
     join ${schema}.contracts on contracts.id = followed.contract_id
     where followed.version >= contracts.version group by destination`,
  );
  return new Map(rows.map(({ destination, contracts }) => [destination, contracts]));
}
