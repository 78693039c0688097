import type { Statement } from "../statement.ts";

/**
 * Has a destination take contracts as shown that it is not to hear of. Where it was behind with one already, it
 * stays behind: what it was to say of that is not lost. One that it has never heard of stays unheard of until it
 * changes, also where others ask for a look at it.
 */
export function passOver(
  destination: string,
  contracts: readonly { contract: { id: string }; version: number; isNew: boolean }[],
  now: Date,
): Statement {
  const rows = contracts.map(({ contract, version, isNew }) => ({
    id: contract.id,
    version,
    is_new: isNew,
  }));
  return {
    text: `insert into followed (destination, contract_id, version, passed_over, followed_at)
      select $2::text, row.id, row.version, case when row.is_new then row.version else 0 end,
        $3::timestamptz
      from json_to_recordset($1::json) as row (id text, version bigint, is_new boolean)
      where row.is_new or exists (select 1 from followed where destination = $2::text
        and contract_id = row.id and followed.version >= row.version - 1)
      order by row.id
      on conflict (destination, contract_id) do update set
        version = greatest(followed.version, excluded.version), followed_at = excluded.followed_at,
        passed_over = case when followed.passed_over > 0 and followed.passed_over = followed.version
          then excluded.version else greatest(followed.passed_over, excluded.passed_over) end
      returning 1`,
    values: [JSON.stringify(rows), destination, now],
  };
}
