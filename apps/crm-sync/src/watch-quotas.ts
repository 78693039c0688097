import { Gauge, type Registry } from "prom-client";
import type { Crm } from "./crms/crm.ts";

/**
 * Shows on each scrape the day's calls of each CRM: `used` by all apps together, the `limit`, and `share`, at
 * which Countersign waits. Nothing of a CRM that has not said so yet.
 */
export function watchQuotas(
  registry: Registry,
  crms: readonly Pick<Crm, "id" | "quota" | "quotaShare">[],
): void {
  const gauge = new Gauge({
    name: "crm_daily_calls",
    help: "Calls of the day to a CRM: used by all apps, the limit, and the share at which Countersign waits",
    labelNames: ["crm", "of"],
    registers: [],
    collect() {
      this.reset();
      for (const { id: crm, quota, quotaShare } of crms) {
        const said = quota();
        if (said === null) continue;
        this.set({ crm, of: "used" }, said.limit - said.left);
        this.set({ crm, of: "limit" }, said.limit);
        this.set({ crm, of: "share" }, Math.floor(said.limit * quotaShare));
      }
    },
  });
  registry.registerMetric(gauge);
}
