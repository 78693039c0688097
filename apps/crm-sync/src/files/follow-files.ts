import type { Contract } from "@countersign/core";
import type { Log } from "@countersign/service";
import { follow, readLinks, unfollow, wake, type Following, type Store } from "@countersign/store";
import type { Crm } from "../crms/crm.ts";
import { wantsFiles } from "../crms/wants.ts";
import type { CrmMetrics } from "../metrics.ts";
import { createReport, type Alert } from "../report.ts";
import { bringFiles } from "./bring-files.ts";
import { createGate } from "./gate.ts";
import { filesDestination } from "./ports.ts";
import type { SourceFiles } from "./source-files.ts";

/** Contracts whose notes and files are brought at the same time, and files among them. */
const concurrency = 20;
const filesAtOnce = 4;

/**
 * Hangs files and notes on a CRM's deals where countersign.yaml wants any; null where not. In a queue by
 * itself: files take long, and a provider or a CRM that gives or takes none must not hold up a stage.
 */
export async function followFiles(
  store: Store,
  crm: Crm,
  sources: SourceFiles,
  { log, metrics, alert }: { log: Log; metrics: CrmMetrics; alert: Alert },
): Promise<Following | null> {
  const destination = filesDestination(crm);
  if (!wantsAnything(crm)) {
    await unfollow(store, destination);
    return null;
  }
  const ports = { store, crm, sources, gate: createGate(filesAtOnce) };
  const report = createReport(destination, log, metrics, alert);
  return follow(store, destination, (stored) => bringFiles(ports, stored), {
    concurrency,
    ...report,
  });
}

/**
 * Has a contract's files looked at again when its deal has been brought up to date, where something else than
 * the contract itself names the deal, or it was merged: nothing about the contract has changed then.
 */
export async function wakeFiles(
  store: Store,
  crm: Crm,
  { id }: Pick<Contract, "id">,
): Promise<void> {
  if (!wantsAnything(crm)) return;
  const link = (await readLinks(store, id)).find(({ destination }) => destination === crm.id);
  if (link === undefined) return;
  if (link.foundBy === "custom-field" && link.formerIds === undefined) return;
  await wake(store, filesDestination(crm), [id]);
}

function wantsAnything({ wants }: Crm): boolean {
  return wants.notes || wantsFiles(wants);
}
