import type { ContractDescription, EventType } from "@countersign/core";
import { readContract, record, type Store, type StoredContract } from "@countersign/store";
import { aDelivery, aFact, aReport } from "@countersign/store/testing";

const times: Partial<Record<EventType, string>> = {
  "contract.sent": "2026-05-04T09:00:00.000Z",
  "contract.viewed": "2026-05-05T09:00:00.000Z",
  "contract.completed": "2026-05-06T23:59:00.000Z",
};

let contracts = 0;
let bodies = 0;

/** A new contract of the source `docusign`, which tells of its changes what deliveries would. */
export function aContract(store: Store, description: ContractDescription) {
  const externalId = `contract-${(contracts += 1)}`;
  const id = `docusign/${externalId}`;
  return {
    id,
    /** Records that this happened; the contract as it then is. */
    async happened(
      type: EventType,
      occurredAt = times[type] ?? "2026-05-07T09:00:00.000Z",
    ): Promise<StoredContract> {
      const described = aFact("contract.noted", { occurrence: "description", description });
      const report = aReport(externalId, described, aFact(type, { occurredAt }));
      await record(store, aDelivery(`body ${(bodies += 1)}`), report);
      const stored = await readContract(store.database, id);
      if (stored === null) throw new Error("The contract was not stored.");
      return stored;
    },
  };
}
