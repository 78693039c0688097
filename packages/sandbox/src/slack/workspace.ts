import { createEmulator, type Emulator } from "emulate";
import { WebClient } from "@slack/web-api";
import { botToken } from "../credentials.ts";
import { freePort } from "@countersign/postgres";
import { owners } from "../hubspot/deals.ts";
import { users } from "../salesforce/deals.ts";
import { spareTokens } from "./tokens.ts";

/** The channel that announcements go to. */
export const contractsChannel = { id: "C000000002", name: "contracts" };

/** Who is seeded by emulate itself, may read every channel and stands for the sandbox's own eyes. */
const observerToken = "xoxp-sandbox-observer";
const founderId = "U000000001";

export type Workspace = {
  /** The address of the Web API, with a closing slash. */
  apiUrl: string;
  /** Reads as a person who sees every public channel. */
  observer: WebClient;
  reset: () => Promise<void>;
  close: () => Promise<void>;
};

/** A Slack workspace on a private loopback port: npm `emulate`, seeded with our bot, three people and two channels. */
export async function openWorkspace(): Promise<Workspace> {
  const emulator = await createEmulator({ service: "slack", port: await freePort(), seed });
  const apiUrl = `${emulator.url}/api/`;
  const observer = connect(observerToken, apiUrl);
  await furnish(observer);
  return {
    apiUrl,
    observer,
    reset: () => resetWorkspace(emulator, observer),
    close: () => emulator.close(),
  };
}

/** A client that gives up at once: the workspace is in this very process. */
export function connect(token: string, apiUrl: string): WebClient {
  return new WebClient(token, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
}

async function resetWorkspace(emulator: Emulator, observer: WebClient): Promise<void> {
  emulator.reset();
  await furnish(observer);
}

/** emulate gives seeded channels random ids, so its ready-made `#random`, whose id is fixed, becomes `#contracts`. */
async function furnish(observer: WebClient): Promise<void> {
  const { id: channel, name } = contractsChannel;
  const { members = [] } = await observer.users.list({});
  const others = members.flatMap(({ id }) => (id === undefined || id === founderId ? [] : [id]));
  await observer.conversations.rename({ channel, name });
  await observer.conversations.setTopic({ channel, topic: "Every contract, as it happens" });
  for (const id of [channel, "C000000001"]) {
    await observer.conversations.invite({ channel: id, users: others.join(",") });
  }
}

const botIds = { app_id: "A00COUNTER", bot_id: "B00COUNTER", bot_user_id: "U00COUNTER" };

/** The team's people: who sends contracts, and every owner of a deal in the two CRMs. */
const people = [
  { name: "Dana Reyes", email: "dana.reyes@northgate.example" },
  ...owners.map((one) => ({ name: `${one.firstName} ${one.lastName}`, email: one.email })),
  ...users.map((one) => ({ name: `${one.FirstName} ${one.LastName}`, email: one.Email })),
];

const seed = {
  slack: {
    team: { name: "Northgate", domain: "northgate" },
    users: people.map(({ name, email }) => ({
      name: email.replace(/@.*/, ""),
      real_name: name,
      email,
    })),
    oauth_apps: [
      {
        ...botIds,
        client_id: "sandbox",
        client_secret: "sandbox",
        name: "Countersign",
        bot_name: "countersign",
        redirect_uris: [],
      },
    ],
    tokens: [
      ...[botToken, ...spareTokens].map((token) => ({
        token,
        type: "bot",
        user_id: botIds.bot_user_id,
        ...botIds,
      })),
      { token: observerToken, type: "user", user_id: founderId },
    ],
  },
};
