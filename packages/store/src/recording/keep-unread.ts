import { inTransaction } from "../database.ts";
import { keepDeliveries, type Delivery } from "../deliveries.ts";
import { inHalves } from "../in-halves.ts";
import { addUnread } from "../unread.ts";
import type { RecordPorts } from "./record-together.ts";

export type Kept =
  /** Durable; what it says is read later. */
  | { outcome: "kept"; deliveryId: string }
  /** The same bytes came before. */
  | { outcome: "duplicate"; deliveryId: string };

type KeepPorts = Pick<RecordPorts, "database" | "reach">;

/** Makes deliveries durable in one transaction, to be read later; one that PostgreSQL refuses fails alone. */
export async function keepUnread(
  ports: KeepPorts,
  deliveries: Delivery[],
): Promise<PromiseSettledResult<Kept>[]> {
  return inHalves(deliveries, (some) => keepAll(ports, some));
}

async function keepAll({ database, reach }: KeepPorts, deliveries: Delivery[]): Promise<Kept[]> {
  const ends = await inTransaction(database, async (connection) => {
    const kept = await keepDeliveries(
      connection,
      deliveries.map((delivery) => ({ delivery, normalized: null })),
    );
    const fresh = kept.flatMap(({ id, repeated }, index) => {
      const source = deliveries[index]?.source;
      return repeated || source === undefined ? [] : [{ id, source }];
    });
    await addUnread(connection, fresh);
    return kept.map(({ id, repeated }): Kept => {
      return { outcome: repeated ? "duplicate" : "kept", deliveryId: id };
    });
  });
  reach("kept");
  return ends;
}
