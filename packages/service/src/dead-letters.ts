import { Gauge, type Registry } from "prom-client";

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
      for (const { destination, waiting } of await count().catch(() => [])) {
        this.set({ destination }, waiting);
      }
    },
  });
  registry.registerMetric(gauge);
}
