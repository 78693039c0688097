import { readQuarantine, type QuarantinedDelivery, type Reader } from "@countersign/store";
import type { Answer, Arguments, Command } from "../command.ts";

/** How many are listed; the newest are what a person looks for. */
const listed = 100;

export const quarantine: Command = {
  name: "quarantine",
  usage: ["[--json]"],
  summary: "Authentic deliveries that could not be understood, newest first",
  run,
};

async function run(reader: Reader, { words, json }: Arguments): Promise<Answer> {
  if (words.length > 0)
    return { exitCode: 2, text: `Usage: countersign quarantine ${quarantine.usage[0]}` };
  const deliveries = await readQuarantine(reader, listed);
  if (json) return { exitCode: 0, text: JSON.stringify(deliveries, null, 2) };
  if (deliveries.length === 0) return { exitCode: 0, text: "Nothing is in quarantine." };
  return { exitCode: 0, text: deliveries.map(line).join("\n") };
}

function line(delivery: QuarantinedDelivery): string {
  const times = delivery.timesReceived > 1 ? `, ${delivery.timesReceived} times` : "";
  return `${delivery.id}  ${delivery.receivedAt}  ${delivery.source}  ${delivery.reason} (${delivery.bytes} bytes${times})`;
}
