import { setTimeout as sleep } from "node:timers/promises";
import { RetryLater } from "@countersign/store";
import { callsAtOnce } from "./client.ts";
import { createPace, type Backlog, type Limits, type Method, type Wish } from "./pace.ts";
import { openSeats } from "./seats.ts";

/** Who may call Slack when, over all channels of this process. */
export type Turns = {
  /**
   * Waits for the right to make one call, which ends when what is returned is disposed of. Throws
   * RetryLater where that would take longer than a few seconds.
   */
  take(channel: string, wish: Wish): Promise<Disposable>;
  /** Slack said to come back in so many seconds. */
  block(channel: string, method: Method, seconds: number): void;
  /** Sends away those who wait for their turn: the app stops. */
  close(): void;
  /** By channel and method, how many seconds from now the last of those who wait is to come. */
  backlog(): Backlog[];
};

/** `now` is in milliseconds, of any clock that only goes forward. */
export function openTurns(limits: Limits, now: () => number): Turns {
  const pace = createPace(limits);
  const seats = openSeats(callsAtOnce);
  const closing = new AbortController();
  const waitFor = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: closing.signal }).catch((cause: unknown) => {
      throw new RetryLater(1, { cause });
    });
  return {
    async take(channel, wish) {
      const place = pace.ask(channel, wish, now());
      if (place.may === "wait") throw new RetryLater(place.inSeconds);
      if (place.inMs > 0) await waitFor(place.inMs);
      await seats.take();
      const blocked = pace.blockedFor(channel, wish, now());
      if (blocked === null) return { [Symbol.dispose]: () => seats.leave() };
      seats.leave();
      throw new RetryLater(blocked);
    },
    close: () => closing.abort(),
    block: (channel, method, seconds) => pace.block(channel, method, seconds, now()),
    backlog: () => pace.backlog(now()),
  };
}
