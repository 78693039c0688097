import { beginNoise, readNoise, type Noise } from "@countersign/store";
import { loudNotice } from "../blocks/notices.ts";
import { sayOnce, type Saying } from "../notifications/say-once.ts";
import type { Ports } from "../ports.ts";
import type { Channels } from "../slack/channels.ts";
import { nameOfSpot, spotNamed, type Spot } from "./channel-plans.ts";
import { isTooLoud, noisyKinds, windowStart } from "./noise.ts";
import { remember } from "./remember.ts";

/** How long a channel's noise is taken for what it was, in seconds. */
const lookEvery = 1;

/**
 * Whether too much is going on in a channel: then new things are left unsaid there and summed up. Counted in the
 * ledger and kept in the database, so that all processes agree and a restart changes nothing.
 */
export function watchNoise(ports: Ports, channels: Channels): (spot: Spot) => Promise<boolean> {
  const look = remember((name) => isLoudNow(ports, channels, spotNamed(name)), {
    seconds: () => lookEvery,
    now: () => ports.now(),
  });
  return (spot) => look(nameOfSpot(spot));
}

async function isLoudNow(ports: Ports, channels: Channels, spot: Spot): Promise<boolean> {
  const store = ports.store();
  const { noise: budget } = ports.hearing;
  const of = { destination: "slack", ...spot };
  const window = { since: windowStart(budget, store.now()), kinds: noisyKinds };
  const { noise, posts } = await readNoise(store, of, window);
  if (noise !== null && noise.calmedAt === null) return true;
  if (!isTooLoud(posts, budget)) return false;
  const begun = await beginNoise(store, of, posts);
  if (begun !== null) await sayLoudSoon(ports, channels, begun);
  return true;
}

/** Where it cannot be said now, the next minute's look says it: a contract need not wait for that. */
async function sayLoudSoon(ports: Ports, channels: Channels, noise: Noise): Promise<void> {
  try {
    const channel = await channels.of(noise.workspace, noise.channel);
    await sayOnce(ports.store(), channel, loudSaying(noise, ports.hearing.noise.minutes));
  } catch {
    // See above.
  }
}

/** That the channel is summed up from now on, and how often. */
export function loudSaying(noise: Noise, minutes: number): Saying {
  const { posts } = noise;
  return {
    key: noiseKey(noise, "loud"),
    kind: "notice",
    message: loudNotice({ posts, perMinutes: minutes, everyMinutes: minutes }),
  };
}

export function noiseKey({ channel, loudSince }: Noise, what: "loud" | "calm"): string {
  return `slack/${channel}/noise/${loudSince.toISOString()}/${what}`;
}
