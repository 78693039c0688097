import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { providers } from "@countersign/core";
import { createApp } from "./app.ts";
import type { CrmFake } from "./crm-fake.ts";
import { sandboxEnvironment } from "./environment.ts";
import { createHubspot } from "./hubspot/hubspot.ts";
import { createFeed, type Feed } from "./live/feed.ts";
import { close, listen } from "./listening.ts";
import { openDesk, type Desk } from "./providers/desk.ts";
import { openMailroom, type Mailroom } from "./providers/mailroom.ts";
import { viewContract, viewWebhook } from "./providers/view.ts";
import { createSalesforce } from "./salesforce/salesforce.ts";
import { openSlack, type SlackFake } from "./slack/index.ts";

export type SandboxOptions = {
  /** 0 takes a free one. */
  port: number;
  receiverPort: number;
  /** Where Slack's requests to the bot go, on this machine. Default 3001. */
  slackBotPort?: number;
  now?: () => Date;
  /** Milliseconds between a webhook's tries. */
  retryDelays?: readonly number[];
};

export type Sandbox = {
  /** `http://127.0.0.1:<port>` */
  url: string;
  port: number;
  slack: SlackFake;
  hubspot: CrmFake;
  salesforce: CrmFake;
  desk: Desk;
  /** Everything back to how it started. */
  reset: () => Promise<void>;
  stop: () => Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Starts the counterpart of every outside system on one loopback port. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { now = () => new Date() } = options;
  const address = { url: "" };
  const systems = await openSystems(options, now, () => address.url);
  const { slack, crms, desk, mailroom, feed } = systems;
  const reset = () => resetAll(systems);
  const controlled = { slack, crms, state: feed.state, reset };
  const { listen: watch } = feed;
  const server = createServer(createApp({ controlled, desk, mailroom, now, listen: watch }));
  const port = await listen(server, options.port);
  address.url = `http://127.0.0.1:${port}`;
  async function stop(): Promise<void> {
    mailroom[Symbol.dispose]();
    feed[Symbol.dispose]();
    await close(server);
    await slack.close();
  }
  return {
    url: address.url,
    port,
    slack,
    ...crms,
    desk,
    reset,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

type Part = "providers" | "chaos" | "contracts" | "webhooks" | "slack" | "crms";

type Systems = {
  slack: SlackFake;
  crms: { hubspot: CrmFake; salesforce: CrmFake };
  desk: Desk;
  mailroom: Mailroom;
  feed: Feed<Part>;
};

async function openSystems(
  options: SandboxOptions,
  now: () => Date,
  address: () => string,
): Promise<Systems> {
  const changed = (part: Part) => () => feed.changed(part);
  const receiverUrl = `http://127.0.0.1:${options.receiverPort}`;
  const botUrl = `http://127.0.0.1:${options.slackBotPort ?? 3001}`;
  const slack = await openSlack({ now, onWrite: changed("slack"), botUrl, address });
  const crms = openCrms(now, changed("crms"));
  const delays = options.retryDelays ? { delays: options.retryDelays } : {};
  const mailroom = openMailroom({
    receiverUrl,
    now,
    onWebhooks: changed("webhooks"),
    onChaos: changed("chaos"),
    ...delays,
  });
  const desk = openDesk({
    mailroom,
    now,
    newId: randomUUID,
    random: Math.random,
    onChange: changed("contracts"),
  });
  const feed = createFeed<Part>(
    {
      providers: () => providers.map(({ id, title }) => ({ id, title })),
      chaos: () => providers.map(({ id, title }) => ({ id, title, ...mailroom.chaosOf(id) })),
      crms: () => [
        { id: "hubspot", title: "HubSpot", deals: crms.hubspot.deals() },
        { id: "salesforce", title: "Salesforce", deals: crms.salesforce.deals() },
      ],
      contracts: () => desk.contracts().map(viewContract),
      webhooks: () => mailroom.webhooks().slice(0, 50).map(viewWebhook),
      slack: slack.view,
    },
    (error) => console.error("the sandbox page could not be updated", error),
  );
  return { slack, crms, desk, mailroom, feed };
}

/** The CRMs let in whoever carries the credentials that the sandbox hands out. */
function openCrms(now: () => Date, onChange: () => void): Systems["crms"] {
  const given = sandboxEnvironment({ sandboxPort: 0, receiverPort: 0, slackBotPort: 0 });
  return {
    hubspot: createHubspot({ token: given["HUBSPOT_ACCESS_TOKEN"] ?? "", now, onChange }),
    salesforce: createSalesforce({
      clientId: given["SALESFORCE_CLIENT_ID"] ?? "",
      clientSecret: given["SALESFORCE_CLIENT_SECRET"] ?? "",
      now,
      onChange,
    }),
  };
}

async function resetAll({ slack, crms, desk, mailroom }: Systems): Promise<void> {
  mailroom.reset();
  desk.reset();
  crms.hubspot.reset();
  crms.salesforce.reset();
  await slack.reset();
}
