import type { Answer, ContractReading, ProviderConnection } from "@countersign/core";
import { record, type Store } from "@countersign/store";
import type { Source } from "../../config.ts";
import { deliveryOf } from "../../read-back.ts";
import type { TaskTools } from "../task.ts";

/** How often the provider may ask to come back before the backfill is broken off: it can go on later. */
const mostWaits = 20;

/** Repeats a call that the provider puts off, after as long as it asks for. */
export async function patiently<Value>(
  ask: () => Promise<Answer<Value>>,
  { sleep, tell }: Pick<TaskTools, "sleep" | "tell">,
): Promise<Answer<Value>> {
  for (let waits = 0; ; waits += 1) {
    const answer = await ask();
    if (answer.outcome !== "later" || waits === mostWaits) return answer;
    tell(`the provider asks to come back in ${answer.seconds} s`);
    await sleep(answer.seconds * 1_000);
  }
}

/** How the reading of one contract ended. `stop`: no other can be read either. */
export type ReadBack =
  | { is: "changed" | "unchanged" | "outside" | "missing" | "refused" }
  | { is: "stop"; why: string };

type Range = { until: Date };

/** Reads a contract back and records what it proves, unless it began after the range. */
export async function readBack(
  store: Store,
  source: Source,
  connection: ProviderConnection,
  externalId: string,
  { until }: Range,
  tools: TaskTools,
): Promise<ReadBack> {
  const answer = await patiently(() => connection.fetchContract(externalId), tools);
  switch (answer.outcome) {
    case "missing":
    case "refused":
      return { is: answer.outcome };
    case "unauthorized":
      return { is: "stop", why: `The provider refuses our access: ${answer.message}` };
    case "later":
      return { is: "stop", why: "The provider asks again and again to come back later." };
    case "ok": {
      const reading = answer.value;
      if (began(reading) > until.toISOString()) return { is: "outside" };
      const how = { via: "backfill", receivedAt: tools.now() } as const;
      const delivery = deliveryOf(source, reading, how);
      const recorded = await record(store, delivery, {
        understood: true,
        reports: [reading.report],
      });
      const isNews = recorded.outcome === "recorded" && recorded.changed.length > 0;
      return { is: isNews ? "changed" : "unchanged" };
    }
  }
}

function began({ report }: ContractReading): string {
  return report.facts.map(({ occurredAt }) => occurredAt).toSorted()[0] ?? "";
}
