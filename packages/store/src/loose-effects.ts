import type { Json } from "@countersign/core";
import type { Reader } from "./database.ts";

/** The plan of the latest effect done to a target that is about no single contract and whose key begins so. */
export async function readLastLoose(
  { database }: Reader,
  {
    destination,
    target,
    keyStart,
  }: {
    destination: string;
    target: string;
    keyStart: string;
  },
): Promise<Json> {
  const { rows } = await database.query<{ plan: Json }>({
    name: "read last loose effect",
    text: `select plan from effects where destination = $1 and target = $2 and contract_id is null
        and status = 'done' and starts_with(key, $3)
      order by settled_at desc, id desc limit 1`,
    values: [destination, target, keyStart],
  });
  return rows[0]?.plan ?? null;
}
