import { readPlace, savePlace, type PermanentError } from "@countersign/store";
import type { NotifyPorts } from "../notifications/notify.ts";
import type { Target } from "../notifications/target.ts";
import type { Ports } from "../ports.ts";
import type { Channels } from "../slack/channels.ts";
import { channelShowsAmounts } from "./amounts.ts";
import {
  nameOfSpot,
  planChannels,
  spotNamed,
  type ChannelPlan,
  type Spot,
} from "./channel-plans.ts";
import { directTargets } from "./direct.ts";
import { readKept, termsOf, type Kept } from "./kept.ts";
import { loseTarget } from "./lose.ts";
import { nameOwner, type NamedPerson } from "./name-owner.ts";
import { watchNoise } from "./noise-watch.ts";
import { openPeople, type People } from "./people.ts";
import { remember } from "./remember.ts";
import { spotOf, standingCards } from "./standing.ts";

/** How long subscriptions are taken for what they were, in seconds: a change counts everywhere within this. */
const subscriptionsHold = 1;

/** Who hears what of a contract, and where; what `notify` stands on. */
export type Audience = Pick<NotifyPorts, "audienceOf" | "lose">;

type Asked = Parameters<NotifyPorts["audienceOf"]>[0];

/** What is subscribed in the workspaces that have the app, and whom its rules ask for. */
type Subscribed = {
  kept: Kept[];
  named: Map<string, NamedPerson[]>;
  workspaces: string[];
};

/** A workspace that has taken the app away hears nothing until it installs it again. */
async function readSubscribed(ports: Ports, people: People): Promise<Subscribed> {
  const [all, workspaces] = await Promise.all([readKept(ports.store()), ports.workspaces.all()]);
  const kept = all.filter(({ workspace }) => workspaces.includes(workspace));
  const named = workspaces.map(async (workspace) => {
    const rules = termsOf(kept)
      .filter((one) => one.workspace === workspace)
      .map(({ terms }) => terms.rule);
    return [workspace, await people.named(workspace, rules)] as const;
  });
  return { kept, named: new Map(await Promise.all(named)), workspaces };
}

export function openAudience(ports: Ports, channels: Channels): Audience {
  const { hearing, roles } = ports;
  const now = () => ports.now();
  const people = openPeople(ports);
  const isLoud = watchNoise(ports, channels);
  const recall = remember(() => readSubscribed(ports, people), {
    seconds: () => subscriptionsHold,
    now,
  });

  // For when the card stands there and nothing else says where that is.
  const notePlace = remember(
    (name) => savePlace(ports.store(), { destination: "slack", ...spotNamed(name), person: null }),
    { seconds: () => Infinity, now },
  );

  async function withNoise(target: Target, spot: Spot): Promise<Target> {
    if (target.silence !== null || !(await isLoud(spot))) return target;
    return { ...target, silence: "collapsed" };
  }

  async function ownTargets(asked: Asked) {
    const { email } = asked.facts.owner;
    if (!hearing.directMessages || email === null) return [];
    const found = await people.withAddress(email);
    return directTargets(ports, channels, found, asked);
  }

  async function targetOf({ merged, silence, ...spot }: ChannelPlan): Promise<Target> {
    await notePlace(nameOfSpot(spot));
    const channel = await channels.of(spot.workspace, spot.channel);
    const { isDigest: _, ...wanted } = merged;
    const showAmounts = channelShowsAmounts(roles);
    return withNoise({ channel, ...wanted, silence, showAmounts }, spot);
  }

  /** Where cards stand, but for those channels that are known already, and those that cannot be posted to. */
  async function standingSpots({ facts, effects }: Asked, { kept, workspaces }: Subscribed) {
    const standing = standingCards(effects, facts.contract.id);
    const spots = await Promise.all(
      standing.map(async (channel): Promise<Spot | null> => {
        const spot = spotOf(channel, kept, hearing.defaultChannel);
        if (spot !== null) return spot;
        const place = await readPlace(ports.store(), "slack", channel);
        if (place !== null) return place.lost === null ? place : null;
        // A card from before places were noted.
        const [only, ...others] = workspaces;
        return only === undefined || others.length > 0 ? null : { workspace: only, channel };
      }),
    );
    return spots.flatMap((spot) => (spot === null ? [] : [spot]));
  }

  return {
    async audienceOf(asked) {
      const { facts, events, quieted } = asked;
      const subscribed = await recall("");
      const { kept, named, workspaces } = subscribed;
      const [direct, standing] = await Promise.all([
        ownTargets(asked),
        standingSpots(asked, subscribed),
      ]);
      const own = new Set(direct.map(({ channel }) => channel.id));
      const plans = planChannels({
        kept,
        defaultChannel: hearing.defaultChannel,
        factsIn: (workspace) => nameOwner(facts, named.get(workspace) ?? []),
        events,
        quieted,
        standing: standing.filter(
          ({ workspace, channel }) => workspaces.includes(workspace) && !own.has(channel),
        ),
        now: ports.store().now(),
      });
      return [...direct, ...(await Promise.all(plans.map(targetOf)))];
    },
    lose: (target, why: PermanentError) => loseTarget(ports, channels, target.channel.id, why),
  };
}
