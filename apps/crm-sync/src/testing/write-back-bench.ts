import type { ContractDescription, EventType } from "@countersign/core";
import {
  readContract,
  readEffects,
  record,
  removeLink,
  saveLink,
  type FaultPoint,
  type Link,
  type Store,
  type StoredContract,
} from "@countersign/store";
import { aDelivery, aFact, aReport, openTestStore } from "@countersign/store/testing";
import type { Crm } from "../crms/crm.ts";
import { createAskSource } from "../sources/ask-source.ts";
import { bringWriteBack, type WriteBackPorts } from "../write-back/bring-write-back.ts";
import { writeBackDestination } from "../write-back/field-write.ts";
import { createSourceFields } from "../write-back/source-fields.ts";
import type { Counterpart } from "./counterpart.ts";
import { serveVendor } from "./vendor.ts";

let contracts = 0;
let bodies = 0;

/** A store and a provider, whose troubles can be chosen, for what writes deals' ids back. The source is named as it. */
export async function openWriteBackBench(
  provider: string,
  counterpart: Pick<Counterpart, "connect">,
  stack: AsyncDisposableStack,
) {
  /** How far the clock is ahead, in milliseconds. */
  let passed = 0;
  let death: FaultPoint | null = null;
  const now = () => new Date(Date.now() + passed);
  const onPoint = (point: FaultPoint) => {
    if (death !== point) return;
    death = null;
    throw new Error(`Died at ${point}.`);
  };
  const store: Store = stack.use(await openTestStore({ now, onPoint }));
  const vendor = await serveVendor(provider, stack);
  const sources = vendor.sources(provider);
  const calls: string[] = [];
  let onWrite: (() => void) | null = null;
  const fields = createSourceFields(sources, createAskSource(sources, now), (...call) => {
    calls.push(call.join(" "));
    if (call[1] === "write") onWrite?.();
  });
  const tools = { now, timeout: 2_000, onCall: () => undefined };
  const crm = counterpart.connect("http://127.0.0.1:9", tools);
  const ports: WriteBackPorts = { store, crm, fields };

  return {
    store,
    vendor,
    crm,
    ports,
    /** `<source> <operation> <result>` of each call to the provider. */
    calls,
    /** What happens when a write has ended. */
    onWrite(then: typeof onWrite): void {
      onWrite = then;
    },
    wait(seconds: number): void {
      passed += seconds * 1_000;
    },
    /** The process dies, as far as the work is concerned, when it gets to the point. */
    dieAt(point: FaultPoint): void {
      death = point;
    },
    /** A contract that has been sent, here and at the provider. */
    async sent(given: Record<string, string> = {}): Promise<StoredContract> {
      const externalId = `c${(contracts += 1)}`;
      vendor.send(externalId, given);
      return this.happened(externalId, "contract.sent", { fields: given });
    },
    /** What the provider's webhook says. */
    async happened(externalId: string, type: EventType, description: ContractDescription = {}) {
      const at = now().toISOString();
      const facts = [
        aFact("contract.noted", { occurrence: at, occurredAt: at, description }),
        aFact(type, { occurredAt: at }),
      ];
      const delivery = aDelivery(`body ${(bodies += 1)}`, { source: provider, provider });
      await record(store, delivery, aReport(externalId, ...facts));
      const stored = await readContract(store.database, `${provider}/${externalId}`);
      if (stored === null) throw new Error("The contract was not stored.");
      return stored;
    },
    tie: (contractId: string, recordId: string, foundBy: Link["foundBy"] = "person") =>
      saveLink(store, {
        contractId,
        destination: crm.id,
        recordId,
        foundBy,
        certainty: 1,
        detail: "Mara",
      }),
    untie: (contractId: string) =>
      removeLink(store, { contractId, destination: crm.id, detail: "Mara" }),
    bring: ({ contract }: StoredContract) => bringWriteBack(ports, contract),
    /** Looks again, each time a quarter of an hour later, as the queue does, until nothing is left to do. */
    async bringUntilDone({ contract }: StoredContract): Promise<void> {
      for (let looks = 0; looks < 20; looks += 1) {
        passed += 900_000;
        const end = await bringWriteBack(ports, contract).catch(() => "failed" as const);
        if (end === "not-called") return;
      }
      throw new Error("It is never done.");
    },
    effectsOf: ({ contract }: StoredContract) =>
      readEffects(store, contract.id, writeBackDestination(crm)),
  };
}

export type WriteBackBench = Awaited<ReturnType<typeof openWriteBackBench>>;

/** The ids of two deals, as each CRM's look. */
export const dealsOf: Record<Crm["id"], [string, string]> = {
  hubspot: ["1003", "1004"],
  salesforce: ["006000000000003AAA", "006000000000004AAA"],
};
