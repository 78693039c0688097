import { setTimeout as sleep } from "node:timers/promises";

export type PumpOptions = {
  /** Takes work in, at most so much; says whether there may be more. */
  take: (atMost: number) => Promise<boolean>;
  /** How much more can be taken in now. */
  free: () => number;
  onError: (error: unknown) => void;
};

export type Pump = {
  /** Says that there may be work. */
  wake: () => void;
  /** Says that there may be room again. */
  freed: () => void;
  /** Takes no more in. Resolves when nothing is being taken. */
  stop: () => Promise<void>;
};

/** Work that nobody announced (a retry that is due) is found within this many milliseconds. */
const everyMilliseconds = 1_000;
/** From one look to the next, so that a thousand announcements a second do not make a thousand looks. */
const restMilliseconds = 4;

/** Takes work in as soon as it is announced and there is room, and looks by itself once a second. */
export function startPump({ take, free, onError }: PumpOptions): Pump {
  const stopping = new AbortController();
  let awake = Promise.withResolvers<void>();
  let lacksRoom = false;

  async function takeOnce(): Promise<boolean> {
    const atMost = free();
    lacksRoom = atMost <= 0;
    if (lacksRoom) return false;
    try {
      return await take(atMost);
    } catch (error) {
      onError(error);
      return false;
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      awake = Promise.withResolvers();
      const began = performance.now();
      const isMore = await takeOnce();
      if (isMore) continue;
      const timer = setTimeout(awake.resolve, everyMilliseconds);
      await awake.promise;
      clearTimeout(timer);
      const rested = performance.now() - began;
      if (rested < restMilliseconds) await sleep(restMilliseconds - rested);
    }
  }

  const running = run();
  return {
    wake: () => awake.resolve(),
    // Where there was room, all work was taken: looking for more after each look would be a query a look.
    freed() {
      if (lacksRoom) awake.resolve();
    },
    async stop() {
      stopping.abort();
      awake.resolve();
      await running;
    },
  };
}
