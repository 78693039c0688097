import type { Log } from "@countersign/service";
import { follow, followWakes, type Bring, type Following, type Store } from "@countersign/store";
import type { Crm } from "./crms/crm.ts";
import { wakeFiles } from "./files/follow-files.ts";
import type { CrmMetrics } from "./metrics.ts";
import { startPreflight } from "./preflight.ts";
import { createReport, type Alert } from "./report.ts";
import { reportPreflight } from "./report-preflight.ts";
import { sync } from "./sync.ts";
import { createTurns } from "./turns.ts";
import { wakeWriteBack } from "./write-back/follow-write-back.ts";
import type { SourceFields } from "./write-back/source-fields.ts";

/**
 * Contracts that are worked on at the same time, for each CRM: as many as four calls of the largest size
 * hold, two of them reading and two writing, so that a backlog's calls go out full.
 */
const concurrency = 800;

type FollowTools = {
  log: Log;
  metrics: CrmMetrics;
  alert?: Alert;
  /** The contracts' own fields at their providers. */
  fields: SourceFields;
};

/** Follows the queue of a CRM's id, and says at once what in its account does not fit the settings. */
export async function followCrm(
  store: Store,
  crm: Crm,
  { log, metrics, alert, fields }: FollowTools,
): Promise<Following> {
  // Two contracts of one deal must not read it at once and then write it in any order.
  const inTurn = createTurns();
  const preflight = startPreflight(crm, {
    ...reportPreflight(store, crm.id, log),
    now: () => performance.now(),
  });
  const bring: Bring = async (stored, ties) => {
    const by = await sync(store, preflight.crm, stored, { inTurn, ties });
    await wakeFiles(store, crm, stored.contract);
    await wakeWriteBack({ store, crm, fields }, stored.contract);
    return by;
  };
  const report = createReport(crm.id, log, metrics, alert);
  const following = await follow(store, crm.id, bring, { concurrency, ...report });
  const wakes = crm.matching === null ? null : await followWakes(store, crm.id);
  return {
    async stop() {
      preflight.stop();
      await Promise.all([following.stop(), wakes?.stop()]);
    },
  };
}
