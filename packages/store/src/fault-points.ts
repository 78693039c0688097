/**
 * Places where a process may die between two steps that belong together:
 * - `recording`: all statements of a transaction are done, nothing is committed
 * - `recorded`: committed, and nobody has been answered
 * - `kept`: committed to be read later, and nobody has been answered
 * - `planned`: an effect is claimed, its call not made
 * - `called`: the call is over, the effect not settled
 * - `settled`: the effect is settled, the contract not marked as followed
 */
export type FaultPoint = "recording" | "recorded" | "kept" | "planned" | "called" | "settled";

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
