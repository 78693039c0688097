import {
  countDone,
  PermanentError,
  recordFailed,
  type Effect,
  type EffectPlan,
} from "@countersign/store";
import { channelShowsAmounts, ownerSeesAmounts } from "../audience/amounts.ts";
import { nudgeMessage } from "../blocks/nudge.ts";
import { cardOf } from "../contracts/card.ts";
import type { ContractFacts } from "../contracts/facts.ts";
import { offersOf } from "../contracts/offers.ts";
import { asFollowExpects } from "../notifications/failure.ts";
import { perform } from "../notifications/perform.ts";
import { settleDoubts } from "../notifications/settle-doubts.ts";
import type { Ports } from "../ports.ts";
import type { Channel } from "../slack/channel.ts";
import type { Channels } from "../slack/channels.ts";
import { judge } from "../slack/errors.ts";
import type { Stall } from "../stalls/find-stall.ts";
import { nudgeKey, nudgeKind, type NudgePlan } from "./ledger.ts";
import type { PlannedNudge } from "./plan-nudges.ts";

/** `held`: they were told of so many today that this one waits. `refused`: it cannot be sent. */
export type Sent = "told" | "known" | "held" | "refused";

/** What is to be said of which contract, and what the ledger has of it so far. */
export type Nudging = {
  planned: PlannedNudge;
  stall: Stall;
  facts: ContractFacts;
  /** The contract's, as these facts have it. */
  version: number;
  effects: readonly Effect[];
};

/** How many nudges a person or a channel gets in a day: `/contract stuck` and App Home have all of them. */
const mostInADay = { owner: 10, channel: 30 };

const day = 86_400_000;

/**
 * Tells of a stall once, over all processes. Throws as `follow` expects it; Outdated where the contract has changed
 * since it was looked at, as others may be told first.
 */
export async function sendNudge(
  ports: Ports,
  channels: Channels,
  { planned, stall, facts, version, effects }: Nudging,
): Promise<Sent> {
  const store = ports.store();
  const { to, isFirst, isEscalated } = planned;
  const contractId = facts.contract.id;
  const key = nudgeKey(contractId, stall, isFirst);
  const message = nudgeMessage({ ...stall, card: cardFor(ports, facts, to), isEscalated });
  const plan: EffectPlan & { plan: NudgePlan } = {
    key,
    destination: "slack",
    contractId,
    target: to.kind === "owner" ? to.owner.userId : to.spot.channel,
    kind: nudgeKind,
    plan: { to: to.kind, text: message.text },
  };
  const channel = await openFor(channels, to);
  if ("refused" in channel) {
    await recordFailed(store, plan, channel.refused);
    return "refused";
  }
  const begun = effects.find((effect) => effect.key === key);
  if (begun !== undefined) {
    // The owner may have been another when it was begun.
    const place = begun.target === channel.id ? channel : await openPlace(channels, to, begun);
    await settleDoubts(store, place, [begun]);
  }
  if ((await countToday(ports, channel)) >= mostInADay[to.kind]) return "held";
  try {
    const performed = await perform(store, channel, {
      plan: {
        ...plan,
        target: channel.id,
        restsOn: { contracts: [{ contractId, version }] },
      },
      wish: { method: "chat.postMessage", calls: 1, begun: false },
      call: () => channel.post(message, { type: "countersign_notice", contractId, key }, null),
    });
    return performed.end === "done" ? "told" : "known";
  } catch (error) {
    // The ledger has it as failed, so that the next look goes on from there.
    if (error instanceof PermanentError) return "refused";
    throw error;
  }
}

/** What of the card they may see. */
function cardFor(ports: Ports, facts: ContractFacts, to: PlannedNudge["to"]) {
  const { roles } = ports;
  const showAmounts =
    to.kind === "owner" ? ownerSeesAmounts(roles, to.owner.userId) : channelShowsAmounts(roles);
  return cardOf(facts, { ...offersOf(ports, facts), showAmounts }, ports.now());
}

type Refused = { refused: { code: string; message: string } };

async function openFor(channels: Channels, to: PlannedNudge["to"]): Promise<Channel | Refused> {
  if (to.kind === "channel") return channels.of(to.spot.workspace, to.spot.channel);
  try {
    return await channels.withPerson(to.owner.workspace, to.owner.userId);
  } catch (error) {
    const verdict = judge(error);
    if (verdict.kind !== "permanent") throw asFollowExpects(verdict, error);
    return { refused: { code: verdict.code, message: verdict.message } };
  }
}

function openPlace(
  channels: Channels,
  to: PlannedNudge["to"],
  { target }: Effect,
): Promise<Channel> {
  return channels.of(to.kind === "owner" ? to.owner.workspace : to.spot.workspace, target);
}

async function countToday(ports: Ports, { id: target }: Channel): Promise<number> {
  const since = new Date(ports.now().getTime() - day);
  const kinds = [nudgeKind];
  return countDone(ports.store(), { destination: "slack", target, kinds, since });
}
