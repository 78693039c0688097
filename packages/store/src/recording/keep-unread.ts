import { keepForLater, type Delivery } from "../deliveries.ts";
import { inHalves } from "../in-halves.ts";
import type { RecordPorts } from "./record-together.ts";

export type Kept =
  /** Durable; what it says is read later. */
  | { outcome: "kept"; deliveryId: string }
  /** The same bytes came before. */
  | { outcome: "duplicate"; deliveryId: string };

type KeepPorts = Pick<RecordPorts, "database" | "reach">;

/** Makes deliveries durable, to be read later; one that PostgreSQL refuses fails alone. */
export async function keepUnread(
  ports: KeepPorts,
  deliveries: Delivery[],
): Promise<PromiseSettledResult<Kept>[]> {
  return inHalves(deliveries, (some) => keepAll(ports, some));
}

async function keepAll({ database, reach }: KeepPorts, deliveries: Delivery[]): Promise<Kept[]> {
  const kept = await keepForLater(database, deliveries);
  reach("kept");
  return kept.map(({ id, repeated }) => {
    return { outcome: repeated ? "duplicate" : "kept", deliveryId: id };
  });
}
