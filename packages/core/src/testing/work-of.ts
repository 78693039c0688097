/** What this thread has to work for it, in milliseconds: the same however busy the machine is with other things. */
export function workOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
