/**
 * Slack's ids of messages, `<seconds>.<microseconds>`, each greater than the one before. The emulator counts the
 * microseconds from 1, so these, which are ours, begin far above.
 */
export function countTimestamps(now: () => Date): () => string {
  let count = 500_000;
  return () => {
    count = count >= 999_999 ? 500_001 : count + 1;
    return `${Math.floor(now().getTime() / 1000)}.${count}`;
  };
}

export function timeOf(ts: string): string {
  return new Date(Number(ts) * 1000).toISOString();
}
