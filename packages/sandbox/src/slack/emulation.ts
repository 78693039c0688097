import { WebClient, type FetchFunction } from "@slack/web-api";
import { freePort } from "@countersign/postgres";
import { createEmulator } from "emulate";
import { swapIds } from "./own-ids.ts";
import { appId, botOf, contractsChannel, handleOf, northgate, type Team } from "./teams.ts";
import { spareTokens, takeTurns } from "./tokens.ts";

/** Who is seeded by emulate itself and may read every channel. */
const founderToken = "xoxp-sandbox-founder";
const founderId = "U000000001";

/** One workspace of npm `emulate` on a private loopback port. */
export type Emulation = {
  /** Hands a call on, with its ids as the emulator knows them, and the answer's as the workspace does. */
  fetch: FetchFunction;
  /** The address of the Web API, with a closing slash. */
  apiUrl: string;
  asBot: () => WebClient;
  asPerson: (id: string) => WebClient;
  reset: () => Promise<void>;
  close: () => Promise<void>;
};

/** Opens the workspace, seeded with our bot, its people and two channels of which everybody is a member. */
export async function openEmulation(team: Team): Promise<Emulation> {
  const seed = seedOf(team);
  const emulator = await createEmulator({ service: "slack", port: await freePort(), seed });
  const apiUrl = `${emulator.url}/api/`;
  const translating = translate(team);
  const connect = (token: string) =>
    new WebClient(token, {
      slackApiUrl: apiUrl,
      fetch: translating,
      retryConfig: { retries: 0 },
    });
  const nextToken = takeTurns();
  const founder = connect(founderToken);
  await furnish(founder, team);
  return {
    fetch: translating,
    apiUrl,
    asBot: () => connect(nextToken()),
    asPerson: (id) => connect(tokenOf(id)),
    async reset() {
      emulator.reset();
      await furnish(founder, team);
    },
    close: () => emulator.close(),
  };
}

function translate(team: Team): FetchFunction {
  if (team.mark === northgate.mark) return fetch;
  return async (input, init) => {
    const { body } = init ?? {};
    const sent = typeof body === "string" ? { ...init, body: swapIds(body, team) } : init;
    const answer = await fetch(input, sent);
    const { status, headers } = answer;
    return new Response(swapIds(await answer.text(), team), {
      status,
      headers: { "content-type": headers.get("content-type") ?? "application/json" },
    });
  };
}

/** emulate gives seeded channels random ids, so its ready-made `#random`, whose id is fixed, becomes `#contracts`. */
async function furnish(founder: WebClient, team: Team): Promise<void> {
  const channel = swapIds(contractsChannel.id, team);
  const general = swapIds("C000000001", team);
  const founding = swapIds(founderId, team);
  const members = [botOf(team).user_id, ...team.people.map(({ id }) => id)];
  const users = members.filter((id) => id !== founding).join(",");
  await founder.conversations.rename({ channel, name: contractsChannel.name });
  await founder.conversations.setTopic({ channel, topic: "Every contract, as it happens" });
  await founder.conversations.invite({ channel, users });
  await founder.conversations.invite({ channel: general, users });
}

/** Only the accounts of apps may be seeded with ids of our choice, so inside the emulator everybody is one. */
function seedOf(team: Team) {
  const bot = botOf(northgate);
  const ids = { app_id: appId, bot_id: bot.bot_id, bot_user_id: bot.user_id };
  const people = team.people.map((person) => ({ ...person, id: swapIds(person.id, team) }));
  const hired = people.filter(({ id }) => id !== founderId);
  return {
    slack: {
      team: { name: team.name, domain: team.domain },
      oauth_apps: [
        { ...ids, ...oauthApp("countersign", "Countersign"), bot_name: bot.name },
        ...hired.map((person) => ({
          ...oauthApp(person.id, person.name),
          app_id: person.id.replace("U", "A"),
          bot_id: person.id.replace("U", "B"),
          bot_user_id: person.id,
          bot_name: handleOf(person),
        })),
      ],
      tokens: [
        ...spareTokens.map((token) => ({ token, type: "bot", user_id: bot.user_id, ...ids })),
        ...team.people.map(({ id }) => ({
          token: tokenOf(id),
          type: "user",
          user_id: swapIds(id, team),
        })),
        { token: founderToken, type: "user", user_id: founderId },
      ],
    },
  };
}

function oauthApp(clientId: string, name: string) {
  return { client_id: clientId, client_secret: clientId, name, redirect_uris: [] };
}

/** What a person's own Slack client calls with. */
function tokenOf(id: string): string {
  return `xoxp-sandbox-${id}`;
}
