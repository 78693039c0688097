import type { Log } from "@countersign/service";
import { follow, followWakes, type Bring } from "@countersign/store";
import { openAudience } from "./audience/audience.ts";
import { keepHomes } from "./home/keep-homes.ts";
import { startKeeping } from "./keeping.ts";
import type { SlackMetrics } from "./metrics.ts";
import { notify } from "./notifications/notify.ts";
import { followNudges } from "./nudges/follow-nudges.ts";
import type { Ports } from "./ports.ts";
import { reportTo } from "./report.ts";
import type { Channels } from "./slack/channels.ts";
import type { PauseMemory } from "./slack/pause-memory.ts";

type Tools = { channels: Channels; metrics: SlackMetrics; pause: PauseMemory; log: Log };

/** How often home tabs that somebody looks at are held against what they should show, in milliseconds. */
const homesEvery = 5_000;

/**
 * Does everything that nobody asks for at the moment: shows contracts wherever people hear of them, tells owners
 * of stalls, sends digests, and keeps home tabs true. Disposed of, it ends what is under way.
 */
export async function startWork(
  ports: Ports,
  { channels, metrics, pause, log }: Tools,
): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const store = ports.store();
  const audience = openAudience(ports, channels);
  const bring: Bring = async (stored, ties) => {
    const by = await notify({ ...ports, store, ...audience }, stored, ties);
    if (by === "called") metrics.observeNotified(secondsSince(stored.changedAt, store.now()));
    return by;
  };
  const { onOutcome, onPause } = reportTo(log, metrics);
  const following = await follow(store, "slack", bring, {
    concurrency: 400,
    onOutcome,
    onPause(change) {
      pause.note(change);
      onPause(change);
    },
  });
  stack.defer(() => following.stop());
  const wakes = await followWakes(store, "slack");
  stack.defer(() => wakes.stop());
  const nudges = await followNudges(ports, channels, log);
  stack.defer(() => nudges.stop());
  const keeping = await startKeeping(ports, channels, (error) =>
    log.warn({ error }, "a digest or notice could not be sent, trying again"),
  );
  stack.defer(() => keeping.stop());
  const homes = keepHomes(ports, {
    everyMs: homesEvery,
    onError: (error) => log.warn({ error }, "a home tab could not be drawn"),
  });
  stack.defer(() => homes.stop());
  return stack.move();
}

function secondsSince(then: Date, now: Date): number {
  return (now.getTime() - then.getTime()) / 1_000;
}
