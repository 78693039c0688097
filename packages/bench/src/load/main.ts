import { createLives } from "../docusign/life.ts";
import { signRequests, type Turn } from "../docusign/signed-requests.ts";
import { disturb, firstTurns, interleavedTurns } from "../docusign/turns.ts";
import { sendAsFastAsPossible } from "./as-fast-as-possible.ts";
import { sendAtRate } from "./at-a-rate.ts";
import { openConnection } from "./connection.ts";
import type { FromLoad, Job, LoadResult, ToLoad } from "./job.ts";

const say = (message: FromLoad) => process.send?.(message);

/** Makes every request first, says so, and sends them when told to, over connections that are fresh then. */
async function work(job: Job, go: Promise<void>): Promise<LoadResult> {
  const requests = signRequests(createLives(new Date()), turnsOf(job));
  say({ ready: true });
  await go;
  const ports = Array.from({ length: job.connections }, (_, index) => portOf(job, index));
  const connections = await Promise.all(ports.map(openConnection));
  const result =
    job.kind === "at-a-rate"
      ? await sendAtRate(connections, requests, job)
      : await sendAsFastAsPossible(connections, requests, job);
  for (const connection of connections) connection.close();
  return result;
}

function turnsOf(job: Job): Turn[] {
  if (job.kind === "as-fast-as-possible") return interleavedTurns(job.contractsFrom, job.requests);
  const count = Math.round((job.warmup + job.measured) * job.ratePerSecond);
  return job.deliveries === "first"
    ? firstTurns(job.contractsFrom, count)
    : disturb(interleavedTurns(job.contractsFrom, count)).slice(0, count);
}

function portOf({ ports }: Job, connection: number): number {
  return ports[connection % ports.length] ?? 0;
}

const go = Promise.withResolvers<void>();
process.once("disconnect", () => process.exit());
process.on("message", (message: ToLoad) => {
  if ("go" in message) go.resolve();
  else void work(message.job, go.promise).then((result) => say({ result }));
});
