import type { Log } from "@countersign/service";
import { follow, type Following, type Store, type StoredContract } from "@countersign/store";
import type { Crm } from "./crms/crm.ts";
import { findLink } from "./link.ts";
import type { CrmMetrics } from "./metrics.ts";
import { createReport } from "./report.ts";
import { sync } from "./sync.ts";
import { createTurns } from "./turns.ts";

/**
 * Contracts that are worked on at the same time, for each CRM: as many as four calls of the largest size
 * hold, two of them reading and two writing, so that a backlog's calls go out full.
 */
const concurrency = 800;

/** Follows the queue of a CRM's id, and says at once what its account does not know. */
export async function followCrm(
  store: Store,
  crm: Crm,
  log: Log,
  metrics: CrmMetrics,
): Promise<Following> {
  const inTurn = createTurns();
  const bring = (stored: StoredContract) =>
    inTurn(dealOf(crm, stored), () => sync(store, crm, stored));
  const report = createReport(crm.id, log, metrics);
  const following = await follow(store, crm.id, bring, { concurrency, ...report });
  void checkSettings(crm, log);
  return following;
}

/** Two contracts of one deal must not read it at once and then write it in any order. */
function dealOf(crm: Crm, { contract }: StoredContract): string {
  const link = findLink(contract, crm);
  return link.kind === "linked" ? link.recordId : contract.id;
}

async function checkSettings(crm: Crm, log: Log): Promise<void> {
  try {
    for (const problem of await crm.check())
      log.warn({ crm: crm.id, problem }, "setting does not fit");
  } catch (error) {
    log.warn({ crm: crm.id, error }, "settings could not be checked");
  }
}
