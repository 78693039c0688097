import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * The bytes that `work` leaves to V8's old generation, where they stay until a major collection, though it has ended. It
 * is done twice: what the first time leaves (code, connections) does not count.
 */
export async function bytesOutliving(work: () => Promise<unknown>): Promise<number> {
  const collect = collector();
  await work();
  collect();
  const before = oldBytes();
  await work();
  // What is alive in two of them is moved to the old generation.
  collect({ type: "minor" });
  collect({ type: "minor" });
  return oldBytes() - before;
}

function collector(): (options?: { type: "minor" }) => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}

function oldBytes(): number {
  const old = getHeapSpaceStatistics().find(({ space_name: name }) => name === "old_space");
  return old?.space_used_size ?? Number.NaN;
}
