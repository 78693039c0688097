import type { FaultPoint } from "@countersign/core";

export type { FaultPoint };

/**
 * A hook for drills that ends the process, as `kill -9` would, the n-th time it gets to a point.
 * `where` is `<point>:<n>`.
 */
export function dieAt(where: string): (point: FaultPoint) => void {
  const [fatal, times] = where.split(":");
  let left = Number(times);
  return (point) => {
    if (point !== fatal) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
  };
}
