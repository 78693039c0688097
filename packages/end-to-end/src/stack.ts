import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { sampleDeliveries, type Step, type Walk } from "@countersign/core/testing";
import { type AppName, launch, type Running } from "@countersign/launcher";
import { contractsChannel } from "@countersign/sandbox";
import { judgeHubspot, judgeSalesforce, type Prism } from "@countersign/sandbox/prism";
import { freePorts } from "@countersign/postgres";
import type { Calls, Deal, Message, SandboxState } from "./sandbox-state.ts";

export const root = resolve(import.meta.dirname, "../../..");

/** The version that crm-sync speaks: Prism's description is brought to it. */
const salesforceVersion = "59.0";

type Ports = { sandbox: number; slackBot: number; crmSync: number; receiver: number };

/** The whole product as processes, talked to over HTTP. */
export type Stack = AsyncDisposable & {
  running: Running;
  ports: Ports;
  /** The ports of all receivers. */
  receivers: number[];
  /** Where the apps' logs are. */
  logs: string;
  /** What a third party's description of the CRMs' APIs found wrong with our calls or our fakes. */
  violations(): unknown[];
};

export type StackOptions = {
  /** For the apps, beside what they always need. */
  env?: Record<string, string>;
  /** Called with the ports before anything runs. */
  prepare?: (ports: Ports) => Promise<void>;
  /** `false`: no Prism between the apps and the CRMs. */
  judged?: boolean;
  /** `true`: what PostgreSQL has committed outlives its being killed. */
  durable?: boolean;
  /** Apps of which one more copy is to run, for each time that they are named. */
  copies?: readonly AppName[];
};

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { env = {}, prepare, judged = true, durable = false, copies = [] } = options;
  await using opened = new AsyncDisposableStack();
  const [sandbox = 0, slackBot = 0, crmSync = 0, receiver = 0, ...more] = await freePorts(
    4 + copies.length,
  );
  const ports = { sandbox, slackBot, crmSync, receiver };
  await prepare?.(ports);
  const home = await openHome(opened);
  const judges = judged ? await startJudges(sandbox, opened) : null;
  const further = copies.map((app, index) => ({ app, port: more[index] ?? 0 }));
  const running = await launch({
    root,
    home,
    ports,
    copies: further,
    durable,
    firstDelayMs: 200,
    env: { ...environmentFor(judges), ...env },
    onLine: () => undefined,
  });
  opened.defer(() => running.stop());
  const kept = opened.move();
  const secondReceivers = further.filter(({ app }) => app === "receiver");
  return {
    running,
    ports,
    receivers: [receiver, ...secondReceivers.map(({ port }) => port)],
    logs: join(home, "logs"),
    violations: () =>
      judges === null ? [] : [...judges.hubspot.violations(), ...judges.salesforce.violations()],
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function openHome(opened: AsyncDisposableStack): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "countersign-e2e-"));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(home, 0o755);
  opened.defer(() => rm(home, { recursive: true, force: true }));
  return home;
}

function environmentFor(judges: Judges | null): Record<string, string | undefined> {
  const usual = { PATH: process.env["PATH"], HOME: process.env["HOME"], LOG_LEVEL: "warn" };
  if (judges === null) return usual;
  const { hubspot, salesforce } = judges;
  return { ...usual, HUBSPOT_API_URL: hubspot.url, SALESFORCE_LOGIN_URL: salesforce.url };
}

type Judges = { hubspot: Prism; salesforce: Prism };

async function startJudges(sandboxPort: number, opened: AsyncDisposableStack): Promise<Judges> {
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  const [hubspot, salesforce] = await Promise.all([
    judgeHubspot({ upstream: `${sandbox}/hubspot` }),
    judgeSalesforce({ upstream: `${sandbox}/salesforce`, apiVersion: salesforceVersion }),
  ]);
  opened.use(hubspot);
  opened.use(salesforce);
  return { hubspot, salesforce };
}

/** Sends the webhooks of the walk's last step, signed as the sandbox's vendor would; their statuses. */
export async function sendStep(
  stack: Stack,
  providerId: string,
  walk: Walk,
  steps: readonly Step[],
): Promise<number[]> {
  const statuses: number[] = [];
  for (const { body, headers, query } of deliveriesOf(providerId, walk, steps)) {
    statuses.push(await post(stack, providerId, body, headers, query));
  }
  return statuses;
}

export function deliveriesOf(providerId: string, walk: Walk, steps: readonly Step[]) {
  return sampleDeliveries(providerId, `sandbox-${providerId}`, walk, steps).map((request) => ({
    body: Buffer.from(request.body),
    query: request.query,
    headers: Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === "string" ? [[name, value]] : [],
      ),
    ),
  }));
}

/** Posts one body to a source, at the first receiver or the one of `port`; its status. */
export async function post(
  stack: Stack,
  source: string,
  body: Buffer<ArrayBuffer>,
  headers: Record<string, string> = {},
  query: Record<string, string> = {},
  port = stack.ports.receiver,
): Promise<number> {
  const url = new URL(`http://127.0.0.1:${port}/webhooks/${source}`);
  url.search = new URLSearchParams(query).toString();
  const response = await fetch(url, { method: "POST", body, headers });
  await response.arrayBuffer();
  return response.status;
}

export async function readState(stack: Stack): Promise<SandboxState> {
  return readControl<SandboxState>(stack, "state");
}

export async function readCalls(stack: Stack): Promise<Calls> {
  return readControl<Calls>(stack, "calls");
}

async function readControl<Answer>(stack: Stack, what: "state" | "calls"): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${stack.ports.sandbox}/control/${what}`);
  const answer: Answer = JSON.parse(await response.text());
  return answer;
}

/** The cards in the contracts channel, or in another, that are about a contract with this title. */
export async function cardsOf(stack: Stack, title: string, channel?: string): Promise<Message[]> {
  return messagesOf(await readState(stack), channel).filter((message) =>
    JSON.stringify([message.text, message.blocks]).includes(title),
  );
}

/** Everything in the channel, replies below their message. */
export function messagesOf(
  { slack }: SandboxState,
  channel: string = contractsChannel.id,
): Message[] {
  return slack.conversations.find(({ id }) => id === channel)?.messages ?? [];
}

export async function dealOf(
  stack: Stack,
  crm: "hubspot" | "salesforce",
  id: string,
): Promise<Deal | undefined> {
  const { crms } = await readState(stack);
  return crms.find((one) => one.id === crm)?.deals.find((deal) => deal.id === id);
}
