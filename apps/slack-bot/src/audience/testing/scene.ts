import type { EventType, ReportedFact } from "@countersign/core";
import { readContract, saveSubscription, type Store } from "@countersign/store";
import { aFact } from "@countersign/store/testing";
import { openStage, type Stage } from "../../acting/testing/stage.ts";
import { notify } from "../../notifications/notify.ts";
import type { Ports } from "../../ports.ts";
import { openChannels } from "../../slack/channels.ts";
import { slackLimits } from "../../slack/pace.ts";
import { openTurns } from "../../slack/turns.ts";
import { termsOf } from "../../subscriptions/testing/facts.ts";
import { tell } from "../../testing/bench.ts";
import { described } from "../../testing/contracts.ts";
import { openAudience } from "../audience.ts";

/** Where it is heard of contracts in the sandbox. */
export const general = "C000000001";
export const contracts = "C000000002";

/** The stage with the whole audience on it, each time as a process that was just started. */
export function openScene() {
  const stage = openStage();
  return (more: Partial<Ports> = {}) => sceneOn(stage(), more);
}

export type Scene = ReturnType<typeof sceneOn>;

function sceneOn(stage: Stage, more: Partial<Ports>) {
  const ports: Ports = { ...stage.ports, ...more };
  const turns = openTurns(slackLimits(1_000), () => ports.now().getTime());
  const channels = openChannels(ports.workspaces, { turns, count: () => undefined });
  const audience = openAudience(ports, channels);
  const { store, sandbox } = stage;
  const bring = async (externalId: string) => {
    const stored = await readContract(store.database, `docusign/${externalId}`);
    if (stored === null) throw new Error(`There is no contract ${externalId}.`);
    return notify({ ...ports, store, ...audience }, stored);
  };
  return {
    ...stage,
    ports,
    channels,
    audience,
    bring,
    wait: (seconds: number) => stage.wait(seconds),
    /** Records what happens to a contract now, and brings it up to date. */
    happens: async (externalId: string, ...facts: ReportedFact[]) => {
      const occurredAt = store.now().toISOString();
      await tell(store, externalId, ...facts.map((fact) => ({ ...fact, occurredAt })));
      return bring(externalId);
    },
    subscribe: (typed: string, channel = general) => subscribe(store, typed, channel),
    /** What stands in a channel or in somebody's direct messages, oldest first. */
    seen: async (where: string) => {
      const { conversations } = await sandbox.slack.view();
      const found = conversations.find(({ id, withUser }) => id === where || withUser === where);
      return (found?.messages ?? []).map(({ text, replies }) => ({
        text,
        lines: replies.map((reply) => reply.text),
      }));
    },
  };
}

function subscribe(store: Store, typed: string, channel: string): Promise<string> {
  const spot = { destination: "slack", workspace: "", channel };
  return saveSubscription(store, { ...spot, rule: termsOf(typed), madeBy: "U000000001" });
}

/** A contract of this title, sent by whoever has the address. */
export function about(title: string, sender: string | null = null): ReportedFact {
  return described({
    title,
    ...(sender === null ? {} : { sender: { email: sender } }),
  });
}

export function event(type: EventType, recipient: string | null = null): ReportedFact {
  return aFact(type, { recipient });
}
