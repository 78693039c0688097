import { openStatuses } from "@countersign/core";
import {
  countDeadLetters,
  listContracts,
  readBacklog,
  readLastDeliveries,
} from "@countersign/store";
import { WebAPIPlatformError } from "@slack/web-api";
import { nameOfSpot, type Spot } from "../../audience/channel-plans.ts";
import { readKept } from "../../audience/kept.ts";
import { openPeople } from "../../audience/people.ts";
import { readFacts } from "../../contracts/read-facts.ts";
import { events } from "../../events/index.ts";
import { WorkspaceAway } from "../../installation/workspace-away.ts";
import type { Ports } from "../../ports.ts";
import { botScopes } from "../../scopes.ts";
import { judge } from "../../slack/errors.ts";
import type { Examination, ExaminedChannel } from "./examination.ts";

/** The most that is looked at, so that Slack's limits are kept and somebody waits for seconds only. */
const most = { channels: 40, contracts: 300, addresses: 20 };

/** Looks at everything that may be wrong in a workspace. Throws where the database is away. */
export async function examine(ports: Ports, workspace: string): Promise<Examination> {
  const store = ports.store();
  const spots = await subscribedIn(ports, workspace);
  const looked = spots.slice(0, most.channels);
  const [token, channels, strangers, backlog, deadLetters, last] = await Promise.all([
    examineToken(ports, workspace),
    Promise.all(looked.map((spot) => examineChannel(ports, spot))),
    findStrangers(ports),
    readBacklog(store, "slack"),
    countDeadLetters(store),
    readLastDeliveries(store, ports.sources.names),
  ]);
  return {
    token,
    neededScopes: botScopes(events),
    paused: ports.paused(),
    channels,
    channelsLeftOut: spots.length - looked.length,
    strangers,
    backlog,
    deadLetters,
    sources: ports.sources.names.map((name) => ({ name, lastAt: last.get(name) ?? null })),
  };
}

async function examineToken(ports: Ports, workspace: string): Promise<Examination["token"]> {
  try {
    const { client } = await ports.workspaces.open(workspace);
    const answer = await client.auth.test();
    return { kind: "works", scopes: answer.response_metadata?.scopes ?? null };
  } catch (error) {
    const verdict = judge(error);
    if (verdict.kind === "credentials") {
      return { kind: "refused", code: verdict.code, advice: verdict.message };
    }
    if (error instanceof WorkspaceAway) {
      return { kind: "refused", code: error.code, advice: error.advice };
    }
    return { kind: "away" };
  }
}

type Subscribed = Spot & { stopped: { code: string } | null };

/** Each channel once; it is stopped where all that it is subscribed to is. */
async function subscribedIn(ports: Ports, workspace: string): Promise<Subscribed[]> {
  const { defaultChannel } = ports.hearing;
  const kept = (await readKept(ports.store())).filter((one) => one.workspace === workspace);
  const subscribed = [...Map.groupBy(kept, nameOfSpot).values()].flatMap((own) => {
    const [first] = own;
    const isLive = own.some(({ stopped }) => stopped === null);
    return first === undefined
      ? []
      : [{ workspace, channel: first.channel, stopped: isLive ? null : first.stopped }];
  });
  const isListed = subscribed.some(({ channel }) => channel === defaultChannel?.channel);
  return defaultChannel?.workspace === workspace && !isListed
    ? [{ ...defaultChannel, stopped: null }, ...subscribed]
    : subscribed;
}

async function examineChannel(
  ports: Ports,
  { workspace, channel, stopped }: Subscribed,
): Promise<ExaminedChannel> {
  try {
    const { client } = await ports.workspaces.open(workspace);
    const { channel: found } = await client.conversations.info({ channel });
    if (found?.is_archived === true) return { channel, stopped, standing: "archived" };
    // Of direct messages, Slack does not say it.
    const isIn = found?.is_member === true || found?.is_im === true;
    return { channel, stopped, standing: isIn ? "member" : "not-member" };
  } catch (error) {
    return { channel, stopped, standing: standingBy(error) };
  }
}

function standingBy(error: unknown): ExaminedChannel["standing"] {
  const code = error instanceof WebAPIPlatformError ? error.data.error : "";
  if (code === "channel_not_found") return "not-found";
  return code === "not_in_channel" ? "not-member" : "unknown";
}

/** Addresses that own the latest open contracts and are nobody's in any workspace; those of most contracts first. */
async function findStrangers(ports: Ports): Promise<Examination["strangers"]> {
  const store = ports.store();
  const page = { limit: most.contracts, offset: 0 };
  const { contracts } = await listContracts(store, { statuses: [...openStatuses] }, page);
  const facts = await Promise.all(
    contracts.map(({ contract }) => readFacts(store, ports, contract)),
  );
  const owners = facts.flatMap(({ owner }) => owner.email?.toLowerCase() ?? []);
  const addresses = [...Map.groupBy(owners, (email) => email)]
    .map(([email, all]) => ({ email, contracts: all.length }))
    .toSorted((a, b) => b.contracts - a.contracts)
    .slice(0, most.addresses);
  const people = openPeople(ports);
  const found = await Promise.all(
    addresses.map(async (address) => {
      const { owners: known, isSure } = await people.withAddress(address.email);
      return known.length > 0 || !isSure ? [] : [address];
    }),
  );
  return found.flat();
}
