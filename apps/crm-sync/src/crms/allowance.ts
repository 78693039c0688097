export type Allowed = {
  /** Calls that may be under way at the same time. */
  atOnce: number;
  /** Calls that may be made together after a rest. */
  kept: number;
  /** Calls that are given out with each interval, in milliseconds. */
  each: number;
  interval: number;
  /** A call that takes longer holds nobody up any more. Milliseconds. */
  longest: number;
};

/** Makes a call when it is allowed, after those that were asked for before. */
export type Allowance = <Result>(call: () => Promise<Result>) => Promise<Result>;

/**
 * A bucket that is filled by the interval. Our own, since the limiter in HubSpot's client (Bottleneck) makes dozens of
 * promises of each call: a third of what outlived young collections, for which the process stood still.
 */
export function createAllowance({ atOnce, kept, each, interval, longest }: Allowed): Allowance {
  const waiting: (() => void)[] = [];
  const most = Math.max(kept, each);
  let left = kept;
  let filledAt = performance.now();
  let underWay = 0;
  let refill: NodeJS.Timeout | undefined;

  function fill(now: number): void {
    const intervals = Math.floor((now - filledAt) / interval);
    left = Math.min(most, left + intervals * each);
    filledAt += intervals * interval;
  }

  function letGo(): void {
    // Read once: the clock goes on, and Node warns on stderr of a timer that would have to end in the past.
    const now = performance.now();
    fill(now);
    while (left > 0 && underWay < atOnce) {
      const next = waiting.shift();
      if (next === undefined) return;
      left -= 1;
      underWay += 1;
      next();
    }
    if (left === 0 && waiting.length > 0) {
      refill ??= setTimeout(letGoAgain, Math.ceil(filledAt + interval - now));
    }
  }

  function letGoAgain(): void {
    refill = undefined;
    letGo();
  }

  /** What returns says that the call is over; at the latest, `longest` does. */
  function begin(): () => void {
    const end = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      underWay -= 1;
      letGo();
    };
    let isOver = false;
    const timer = setTimeout(end, longest);
    return end;
  }

  return async (call) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
      letGo();
    });
    const end = begin();
    try {
      return await call();
    } finally {
      end();
    }
  };
}
