import type { Contract } from "@countersign/core";
import type { Log } from "@countersign/service";
import { follow, wake, type Following } from "@countersign/store";
import type { CrmMetrics } from "../metrics.ts";
import { createReport, type Alert } from "../report.ts";
import { bringWriteBack, isToWriteBack, type WriteBackPorts } from "./bring-write-back.ts";
import { writeBackDestination } from "./field-write.ts";

const concurrency = 20;

/**
 * Has contracts name their deals at their providers, where countersign.yaml wants that and a source has access to a
 * provider that allows it; null where not. In a queue by itself: a slow provider must not hold up a stage. Only
 * contracts that `wakeWriteBack` names are looked at, which are few.
 */
export async function followWriteBack(
  ports: WriteBackPorts,
  { log, metrics, alert }: { log: Log; metrics: CrmMetrics; alert: Alert },
): Promise<Following | null> {
  const { store, crm, fields } = ports;
  if (!crm.wants.writeBack || !fields.canAny()) return null;
  const destination = writeBackDestination(crm);
  const report = createReport(destination, log, metrics, alert);
  return follow(store, destination, ({ contract }) => bringWriteBack(ports, contract), {
    concurrency,
    onlyAsked: true,
    ...report,
  });
}

/** Has a contract's field looked at when its tie to a deal has been settled, where there is anything to do. */
export async function wakeWriteBack(ports: WriteBackPorts, contract: Contract): Promise<void> {
  const { store, crm } = ports;
  if (!crm.wants.writeBack || !(await isToWriteBack(ports, contract))) return;
  await wake(store, writeBackDestination(crm), [contract.id]);
}
