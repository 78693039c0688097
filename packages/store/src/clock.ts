import type { Database } from "./database.ts";

/** The time on PostgreSQL's clock, without asking it each time. */
export type Clock = { now: () => Date; stop: () => void };

const everyMilliseconds = 60_000;

/**
 * All processes that share a database share its clock: what one of them wrote down an hour ago by its own,
 * wrong clock would be in another's future. Between two readings, which a minute lies between, it goes on
 * with our monotonic clock, so that nobody who sets this machine's time turns it back.
 */
export async function openClock(database: Database): Promise<Clock> {
  let reading = await readClock(database);
  const timer = setInterval(() => {
    readClock(database).then(
      (fresh) => (reading = fresh),
      () => undefined,
    );
  }, everyMilliseconds);
  timer.unref();
  return {
    now: () => new Date(reading.time + performance.now() - reading.at),
    stop: () => clearInterval(timer),
  };
}

/**
 * Milliseconds since now, by whichever clock says more: a monotonic one stands still while the machine is suspended,
 * and this machine's may be set back.
 */
export function stopwatch({ now, wall }: { now: () => Date; wall: () => Date }): () => number {
  const begun = { now: now().getTime(), wall: wall().getTime() };
  return () => Math.max(now().getTime() - begun.now, wall().getTime() - begun.wall);
}

/** PostgreSQL's time, and when on our monotonic clock it was that: halfway between question and answer. */
async function readClock(database: Database): Promise<{ time: number; at: number }> {
  const asked = performance.now();
  const { rows } = await database.query<{ now: Date }>("select clock_timestamp() as now");
  const answered = performance.now();
  if (rows[0] === undefined) throw new Error("PostgreSQL did not say what time it is.");
  return { time: rows[0].now.getTime(), at: (asked + answered) / 2 };
}
