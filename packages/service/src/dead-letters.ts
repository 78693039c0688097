import { setTimeout as sleep } from "node:timers/promises";
import { Gauge, type Registry } from "prom-client";

/** A scrape waits so long for the database, in milliseconds: all else that is measured must not be lost with it. */
const longestWait = 1_000;

/** Shows on each scrape how many wake-ups of each destination were given up; nothing while that cannot be read. */
export function watchDeadLetters(
  registry: Registry,
  count: () => Promise<readonly { destination: string; waiting: number }[]>,
): void {
  const gauge = new Gauge({
    name: "countersign_dead_letters",
    help: "Wake-ups that failed to their last retry; countersign deadletters lists them",
    labelNames: ["destination"],
    registers: [],
    async collect() {
      this.reset();
      const counts = await Promise.race([count(), sleep(longestWait, [])]).catch(() => []);
      for (const { destination, waiting } of counts) {
        this.set({ destination }, waiting);
      }
    },
  });
  registry.registerMetric(gauge);
}
