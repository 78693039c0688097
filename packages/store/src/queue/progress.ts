import type { Reader } from "../database.ts";

/** How far a destination has got with a contract. */
export type Progress = {
  destination: string;
  /**
   * `behind`: it is still to be brought to how the contract is now; `gave-up`: that failed for good;
   * `too-old`: it came long after the contract had changed last, and was not told.
   */
  standing: "current" | "behind" | "gave-up" | "too-old";
};

/** How far each destination has got with a contract that is known; not those that look at what they are asked for alone. */
export async function readProgress({ database }: Reader, contractId: string): Promise<Progress[]> {
  const { rows } = await database.query<Progress>({
    name: "read progress",
    text: `select destinations.id as destination,
        case when coalesce(followed.version, 0) >= contracts.version then 'current'
          when followed.stuck_version >= contracts.version then 'gave-up'
          when followed.version is null and contracts.changed_at < destinations.since then 'too-old'
          else 'behind' end as standing
      from contracts cross join destinations
      left join followed on followed.destination = destinations.id
        and followed.contract_id = contracts.id
      where contracts.id = $1 and destinations.since < 'infinity' order by destinations.id`,
    values: [contractId],
  });
  return rows;
}
