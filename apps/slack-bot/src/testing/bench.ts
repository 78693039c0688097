import { setTimeout as sleep } from "node:timers/promises";
import type { ReportedFact } from "@countersign/core";
import { createLog, http } from "@countersign/service";
import {
  contractsChannel,
  sandboxEnvironment,
  startSandbox,
  type Sandbox,
} from "@countersign/sandbox";
import { readContract, record, type Store } from "@countersign/store";
import { aDelivery, aReport, openTestStore } from "@countersign/store/testing";
import { createSlackMetrics } from "../metrics.ts";
import { notify, type NotifyPorts } from "../notifications/notify.ts";
import type { Target } from "../notifications/target.ts";
import { openChannel, type Channel } from "../slack/channel.ts";
import { openClient } from "../slack/client.ts";
import { slackLimits } from "../slack/pace.ts";
import { openTurns } from "../slack/turns.ts";
import { openSources } from "../sources.ts";
import { expectTakenBySlack } from "./taken-by-slack.ts";

export const silent = createLog("test", "silent");

/** A channel that hears everything of every contract, in threads. */
function everythingIn(channel: Channel): Target {
  return {
    channel,
    mode: "thread",
    broadcast: false,
    tells: () => true,
    tellsAll: true,
    since: null,
    silence: null,
    showAmounts: true,
  };
}

const source = { name: "docusign", provider: "docusign", secrets: ["s"], settings: {} };

/** What a look stands on where one channel hears everything. */
export function notifyPorts(store: Store, channel: Channel): NotifyPorts {
  return {
    store,
    sources: openSources([source], { http, now: () => store.now() }, "countersign.yaml"),
    dealFields: { hubspot: "hubspot_deal_id" },
    audienceOf: async () => [everythingIn(channel)],
    lose: async (_target, why) => {
      throw why;
    },
  };
}

/** How long calls may take on the bench, in milliseconds. */
const timeout = 400;

/** More than any test posts, so that none waits for the pace. */
const messagesPerSecond = 1_000;

/** A real database and a Slack that can misbehave, with a clock that can be put forward. */
export async function openBench() {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const store = await openTestStore({ now });
  const sandbox = await startSandbox({ port: 0, receiverPort: 1 });
  const { apiUrl, botToken } = slackOf(sandbox);
  const client = openClient({ botToken, apiUrl, timeout }, silent);
  const metrics = createSlackMetrics();
  const turns = openTurns(slackLimits(messagesPerSecond), () => now().getTime());
  const open = (id: string) => openChannel(client, id, { turns, count: metrics.countCall });
  return {
    store,
    sandbox,
    client,
    metrics,
    open,
    channel: open(contractsChannel.id),
    /** Lets the clock run ahead by so many seconds more. */
    wait: (seconds: number) => void (ahead += seconds * 1_000),
    async [Symbol.asyncDispose]() {
      await expectTakenBySlack(sandbox);
      await sandbox.stop();
      await store.close();
    },
  };
}

export type Bench = Awaited<ReturnType<typeof openBench>>;

/** Where the sandbox's Slack is, and the token that it takes. */
function slackOf({ port }: Pick<Sandbox, "port">) {
  const given = sandboxEnvironment({ sandboxPort: port, receiverPort: 0, slackBotPort: 0 });
  return { apiUrl: given["SLACK_API_URL"] ?? "", botToken: given["SLACK_BOT_TOKEN"] ?? "" };
}

let deliveries = 0;

/** Records facts about a contract of the source docusign, as a delivery of their own. */
export async function tell(store: Store, externalId: string, ...facts: ReportedFact[]) {
  deliveries += 1;
  const delivery = aDelivery(`${externalId} ${deliveries}`, { receivedAt: store.now() });
  await record(store, delivery, aReport(externalId, ...facts));
}

/** Brings the contract's card up to date once. */
export async function bring({ store, channel }: Bench, externalId: string, to: Channel = channel) {
  const stored = await readContract(store.database, `docusign/${externalId}`);
  if (stored === null) throw new Error(`There is no contract ${externalId}.`);
  return notify(notifyPorts(store, to), stored);
}

/** Brings it up to date again and again, as the queue would, with the clock ahead by a timeout each time. */
export async function bringUntilDone(bench: Bench, externalId: string, tries = 5) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await bring(bench, externalId);
      return;
    } catch (error) {
      if (attempt === tries) throw error;
      bench.wait(16);
    }
  }
}

/** The messages in the contracts' channel whose text speaks of the title, with their threads. */
export async function cardsOf({ sandbox }: Pick<Bench, "sandbox">, title: string) {
  const { conversations } = await sandbox.slack.view();
  const messages = conversations.find(({ id }) => id === contractsChannel.id)?.messages ?? [];
  return messages
    .filter(({ text }) => text.includes(title))
    .map(({ ts, text, replies }) => ({ ts, text, lines: replies.map((reply) => reply.text) }));
}

/** Waits until `look` finds something. */
export async function eventually<Found>(
  look: () => Promise<Found | undefined>,
  seconds = 15,
): Promise<Found> {
  const until = Date.now() + seconds * 1_000;
  while (Date.now() < until) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error(`What was waited for did not come within ${seconds} s.`);
}
