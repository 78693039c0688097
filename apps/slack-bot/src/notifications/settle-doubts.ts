import {
  claimLasts,
  releaseEffect,
  RetryLater,
  secondsUnderWay,
  settleEffect,
  type Effect,
  type Store,
} from "@countersign/store";
import type { Channel } from "../slack/channel.ts";
import { callTimeout } from "../slack/client.ts";
import { judge } from "../slack/errors.ts";
import { asFollowExpects } from "./failure.ts";
import { kinds, threadOf } from "./ledger.ts";

/**
 * Finds out how the calls ended whose end is unknown (a crash, a timeout, a dropped connection): a message
 * that carries the effect's key was posted, so the effect is done; else it may be posted again. Throws
 * RetryLater while such a call may still be under way, and leaves in doubt what Slack will not tell. Says how
 * many it settled.
 */
export async function settleDoubts(
  store: Store,
  channel: Channel,
  effects: Effect[],
): Promise<number> {
  let settled = 0;
  for (const effect of effects) {
    if (effect.status !== "planned" || effect.calledAt === null) continue;
    const left = secondsUnderWay(effect, store.now(), claimLasts + callTimeout);
    if (left > 0) throw new RetryLater(left);
    const ts = await whereIs(channel, effect, effect.calledAt);
    if (ts === null) await releaseEffect(store, effect);
    else
      await settleEffect(store, effect.id, { status: "done", outsideId: ts, after: effect.plan });
    settled += 1;
  }
  return settled;
}

/** The ts of the posted message. An edit leaves no trace and is safe to repeat. */
async function whereIs(channel: Channel, effect: Effect, calledAt: Date): Promise<string | null> {
  if (effect.kind === kinds.edit) return null;
  const since = new Date(calledAt.getTime() - clockSkew);
  try {
    return await channel.find(effect.key, threadOf(effect), since);
  } catch (error) {
    const verdict = judge(error);
    if (verdict.kind === "gone") return null;
    throw asFollowExpects(verdict, error);
  }
}

/** How far our clock and Slack's may differ, in milliseconds: a machine that was suspended is wrong for a while. */
const clockSkew = 300_000;
