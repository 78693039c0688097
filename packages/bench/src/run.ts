import { availableParallelism } from "node:os";
import type { Part } from "./arguments.ts";
import { measureDrain } from "./parts/drain.ts";
import { measureGrowth } from "./parts/growth.ts";
import { measureLatency } from "./parts/latency.ts";
import { measureCeiling, measureReceiver } from "./parts/receiver.ts";
import type { Bench } from "./processes/bench.ts";
import type { Machine, Result } from "./result.ts";

/**
 * The parts one after the other, so that none takes time from another. What has been measured stands in
 * `result` also where a later part fails.
 */
export async function runParts(
  bench: Bench,
  parts: ReadonlySet<Part>,
  result: Partial<Result>,
): Promise<void> {
  result.machine = machineOf(bench);
  // Latency first: the disk is still busy for a while with what the other parts have written.
  if (parts.has("latency")) result.latency = await measureLatency(bench);
  if (parts.has("receiver")) Object.assign(result, await measureReceiver(bench));
  else if (parts.has("ceiling")) result.ceiling = await measureCeiling(bench);
  if (parts.has("drain")) result.drain = await measureDrain(bench);
  if (parts.has("growth")) result.growth = await measureGrowth(bench);
}

function machineOf({ database }: Bench): Machine {
  const { version, fsync, synchronousCommit } = database.machine;
  return {
    cores: availableParallelism(),
    node: process.version.slice(1),
    postgres: version,
    fsync,
    synchronousCommit,
  };
}
