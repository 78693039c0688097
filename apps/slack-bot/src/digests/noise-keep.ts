import {
  endNoise,
  forgetNoise,
  noteSummed,
  PermanentError,
  readNoise,
  readNoises,
  type Noise,
} from "@countersign/store";
import { loseTarget } from "../audience/lose.ts";
import { nextStep, noisyKinds, windowStart } from "../audience/noise.ts";
import { loudSaying, noiseKey } from "../audience/noise-watch.ts";
import { calmNotice } from "../blocks/notices.ts";
import { sayOnce, type Saying } from "../notifications/say-once.ts";
import type { Ports } from "../ports.ts";
import type { Channel } from "../slack/channel.ts";
import type { Channels } from "../slack/channels.ts";
import { isAboutTarget } from "../slack/errors.ts";
import { gatherCollapsed, isEmpty } from "./gather.ts";
import { sayDigest } from "./send.ts";

/**
 * Looks after the channels in which too much is or was going on: says so once, sums up what was left unsaid, and says
 * once when it has calmed. To be called each minute. One that fails holds up no other; then throws what it threw.
 */
export async function keepNoise(ports: Ports, channels: Channels): Promise<void> {
  const noises = await readNoises(ports.store(), "slack");
  const kept = await Promise.allSettled(noises.map((noise) => keepOne(ports, channels, noise)));
  const failed = kept.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

async function keepOne(ports: Ports, channels: Channels, noise: Noise): Promise<void> {
  const store = ports.store();
  const budget = ports.hearing.noise;
  const window = { since: windowStart(budget, store.now()), kinds: noisyKinds };
  const { posts } = await readNoise(store, noise, window);
  const { ends, sumTo, isOver } = nextStep(noise, posts, budget, store.now());
  const channel = await channels.of(noise.workspace, noise.channel);
  await say(ports, channels, channel, loudSaying(noise, budget.minutes));
  if (ends) await endNoise(store, noise);
  if (sumTo !== null) await sumUp(ports, channels, channel, noise, sumTo);
  if (ends || noise.calmedAt !== null) await say(ports, channels, channel, calmSaying(noise));
  if (isOver) await forgetNoise(store, noise);
}

/** The window begins where the one before it ended, so that a retry finds what was said of it. */
async function sumUp(
  ports: Ports,
  channels: Channels,
  channel: Channel,
  noise: Noise,
  to: Date,
): Promise<void> {
  const store = ports.store();
  const { summedTo: from } = noise;
  const digest = await gatherCollapsed(ports, noise, { from, to });
  const key = `slack/${channel.id}/digest/collapsed/${from.toISOString()}`;
  const summed = isEmpty(digest) ? to : await sayDigest(ports, channels, channel, key, digest, to);
  await noteSummed(store, noise, summed);
}

function calmSaying(noise: Noise): Saying {
  return { key: noiseKey(noise, "calm"), kind: "notice", message: calmNotice() };
}

async function say(
  ports: Ports,
  channels: Channels,
  channel: Channel,
  saying: Saying,
): Promise<void> {
  try {
    await sayOnce(ports.store(), channel, saying);
  } catch (error) {
    if (!(error instanceof PermanentError) || !isAboutTarget(error.code)) throw error;
    await loseTarget(ports, channels, channel.id, error);
  }
}
