import {
  claimEffect,
  releaseEffect,
  RetryLater,
  settleEffect,
  type Effect,
  type EffectPlan,
  type Store,
} from "@countersign/store";
import type { Channel } from "../slack/channel.ts";
import { judge } from "../slack/errors.ts";
import type { Wish } from "../slack/pace.ts";
import { asFollowExpects } from "./failure.ts";

/** How a planned call ended, where it ended. */
export type Performed =
  | { end: "done"; ts: string }
  /** The message to edit is gone. */
  | { end: "gone" }
  /** Settled at an earlier look. */
  | { end: "left" };

/** A call to Slack: what it is to do, the turn that it needs, and how to make it, for the message's ts. */
export type Step = { plan: EffectPlan; wish: Wish; call: () => Promise<string> };

/**
 * Waits for its turn, writes the plan down, makes the call and settles it. The turn comes first, so that
 * a plan is never written down long before its call. Throws RetryLater (Outdated among them), PermanentError and
 * CredentialError as `follow` expects them. What is in doubt stays planned, and the next look asks Slack.
 */
export async function perform(
  store: Store,
  channel: Pick<Channel, "takeTurn">,
  { plan, wish, call }: Step,
): Promise<Performed> {
  const called = await callInTurn(store, channel, { plan, wish, call });
  if (called.end === "left") return called;
  const { effect } = called;
  if (called.end === "failed") return settleFailure(store, effect, called.error);
  const { ts } = called;
  await settleEffect(store, effect.id, { status: "done", outsideId: ts, after: plan.plan });
  return { end: "done", ts };
}

type Called =
  | { end: "left" }
  | { end: "answered"; effect: Effect; ts: string }
  | { end: "failed"; effect: Effect; error: unknown };

/** Others may call as soon as this call is over: settling it needs no turn. */
async function callInTurn(
  store: Store,
  channel: Pick<Channel, "takeTurn">,
  { plan, wish, call }: Step,
): Promise<Called> {
  using _turn = await channel.takeTurn(wish);
  const { may, effect } = await claimEffect(store, plan);
  if (may === "leave") return { end: "left" };
  if (may === "ask") throw new RetryLater(1);
  try {
    return { end: "answered", effect, ts: await call() };
  } catch (error) {
    return { end: "failed", effect, error };
  }
}

async function settleFailure(store: Store, effect: Effect, error: unknown): Promise<Performed> {
  const verdict = judge(error);
  switch (verdict.kind) {
    case "in-doubt":
      break;
    case "not-done":
    case "later":
    case "credentials":
      await releaseEffect(store, effect);
      break;
    case "gone":
      await settleEffect(store, effect.id, { ...reasonOf(verdict), status: "skipped" });
      return { end: "gone" };
    case "permanent":
      await settleEffect(store, effect.id, { ...reasonOf(verdict), status: "failed" });
  }
  throw asFollowExpects(verdict, error);
}

function reasonOf({ code, message }: { code: string; message: string }) {
  return { code, message };
}
