import { providerById, type Contract, type ReportedFact } from "@countersign/core";
import { createLog, http, type SourceSettings } from "@countersign/service";
import { dana, sandboxEnvironment, startSandbox, type Sandbox } from "@countersign/sandbox";
import { readContract, record, type Store } from "@countersign/store";
import { aDelivery, aReport, openTestStore } from "@countersign/store/testing";
import { afterAll, beforeAll, expect } from "vitest";
import type { Asking, Reply } from "../../asking.ts";
import { findAnswerFaults, findViewFaults } from "../../blocks/validate.ts";
import type { Use } from "../../actions/action.ts";
import type { Command } from "../../commands/command.ts";
import type { Ports } from "../../ports.ts";
import type { Duty, Allowed, Roles } from "../../roles.ts";
import { openClient } from "../../slack/client.ts";
import { singleWorkspace } from "../../slack/workspaces.ts";
import { openSources } from "../../sources.ts";
import { described, signing } from "../../testing/contracts.ts";
import { expectTakenBySlack } from "../../testing/taken-by-slack.ts";

export const roles: Roles = {
  admins: null,
  allowed: {
    link: "everybody",
    muteForOthers: "admins",
    subscribe: "everybody",
    seeAmounts: "everybody",
    remind: "everybody",
  },
};

/** The roles, with one duty allowed to others. */
export function rolesWith(duty: Duty, allowed: Allowed): Roles {
  return { ...roles, allowed: { ...roles.allowed, [duty]: allowed } };
}

/** Everything that commands stand on, real: a database, the sandbox's Slack and its providers. */
export type Stage = {
  store: Store;
  sandbox: Sandbox;
  ports: Ports;
  /** Lets the clock run ahead by so many seconds more. */
  wait(seconds: number): void;
  /** A contract that both the provider's side and we know, sent to Ann and Bob. */
  contract(
    title: string,
    more?: Omit<NonNullable<ReportedFact["description"]>, "recipients">,
  ): Promise<Contract>;
};

/** A stage for the tests of one file. */
export function openStage(): () => Stage {
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await build();
  }, 60_000);
  afterAll(async () => {
    if (stage !== undefined) await expectTakenBySlack(stage.sandbox);
    await stage?.sandbox.stop();
    await stage?.store.close();
  });
  return () => {
    if (stage === undefined) throw new Error("The stage is not there yet.");
    return stage;
  };
}

async function build(): Promise<Stage> {
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const store = await openTestStore({ now });
  const sandbox = await startSandbox({ port: 0, receiverPort: 1 });
  for (const queue of ["slack", "hubspot", "salesforce"]) await store.queue.createQueue(queue);
  const given = sandboxEnvironment({ sandboxPort: sandbox.port, receiverPort: 0, slackBotPort: 0 });
  const apiUrl = given["SLACK_API_URL"] ?? "";
  const client = openClient(
    { botToken: given["SLACK_BOT_TOKEN"] ?? "", apiUrl },
    createLog("test", "silent"),
  );
  const access = providerById("docusign")?.vendorSide.access?.(
    `${sandbox.url}/providers/docusign/api`,
  );
  const source: SourceSettings = {
    name: "docusign",
    provider: "docusign",
    secrets: ["s"],
    settings: {},
    access: Object(access),
  };
  const ports: Ports = {
    store: () => store,
    now,
    workspaces: singleWorkspace(client),
    sources: openSources([source], { http, now }, "countersign.yaml"),
    roles,
    dealFields: { hubspot: "hubspot_deal_id", salesforce: "salesforce_opportunity_id" },
    paused: () => null,
    hearing: {
      defaultChannel: null,
      noise: { messages: 1_000, minutes: 10 },
      directMessages: true,
    },
    stalls: {
      viewedDays: 3,
      partlySignedDays: 3,
      expiresWithinDays: 3,
      escalateAfterDays: 2,
      escalateTo: undefined,
    },
    workingHours: {
      from: "09:00",
      to: "18:00",
      days: ["mon", "tue", "wed", "thu", "fri"],
      timezone: "UTC",
    },
  };
  return {
    store,
    sandbox,
    ports,
    wait: (seconds) => void (ahead += seconds * 1_000),
    async contract(title, more = {}) {
      const signers = [{ name: "Ann Lee", email: "ann@example.com" }];
      const { externalId } = sandbox.desk.send("docusign", { title, signers }).walk;
      const report = aReport(externalId, described({ title, ...more }), signing.sent);
      await record(store, aDelivery(externalId, { receivedAt: now() }), report);
      const stored = await readContract(store.database, `docusign/${externalId}`);
      if (stored === null) throw new Error(`There is no contract ${externalId}.`);
      return stored.contract;
    },
  };
}

/** Dana asks in a channel. */
export function asking(more: Partial<Asking> = {}): Asking {
  const from = { workspace: "", userId: dana.id, channel: "C000000002" };
  return { ...from, triggerId: "1.2.3", requestId: "1.2.3", ...more };
}

/** A button or choice with this value. */
export function use(value: string): Use {
  return { value, values: [value], message: null, view: null };
}

/** What a reply says; Slack would take it. */
export function saidBy(reply: Reply): string {
  if (reply.kind !== "message") throw new Error(`The reply is not a message but a ${reply.kind}.`);
  expect(findAnswerFaults({ ...reply.message, response_type: "ephemeral" })).toEqual([]);
  return reply.message.text;
}

/** The view that a reply shows; Slack would take it. */
export function viewOf(reply: Reply) {
  if (reply.kind !== "view") throw new Error(`The reply is not a view but a ${reply.kind}.`);
  expect(findViewFaults(reply.view)).toEqual([]);
  return reply.view;
}

/** What a command says. */
export async function ask(
  command: Command,
  words: string,
  { ports }: Stage,
  more: Partial<Asking> = {},
): Promise<string> {
  return saidBy(await command.answer(words, asking(more), ports));
}
