/** Passes a line on unless the same one was passed on less than `everyMs` milliseconds ago. */
export function rareLines(
  onLine: (line: string) => void,
  everyMs: number,
  now: () => number,
): (line: string) => void {
  const saidAt = new Map<string, number>();
  return (line) => {
    const last = saidAt.get(line);
    if (last !== undefined && now() - last < everyMs) return;
    saidAt.set(line, now());
    onLine(line);
  };
}
