import type { Contract, ContractEvent } from "@countersign/core";
import {
  readEffects,
  readEvents,
  readEvidence,
  readNoises,
  readProgress,
  readQuieted,
  readTies,
  type Effect,
  type KeptDelivery,
  type Link,
} from "@countersign/store";
import { emailOf } from "../../acting/people.ts";
import { isDirect, type Asking } from "../../asking.ts";
import { isSameSpot, type Spot } from "../../audience/channel-plans.ts";
import { readKept, termsOf } from "../../audience/kept.ts";
import { nameOwner, peopleIn } from "../../audience/name-owner.ts";
import type { WhySilence } from "../../blocks/why-lines.ts";
import type { ContractFacts } from "../../contracts/facts.ts";
import { readFacts } from "../../contracts/read-facts.ts";
import type { Ports } from "../../ports.ts";
import { silenceWords } from "../../words/silence-words.ts";
import { channelSilences } from "./channel-silences.ts";
import { destinationSilences, quietSilence } from "./silences.ts";

/** Everything that led to how a contract is shown, and what keeps it from being shown. */
export type Chain = {
  facts: ContractFacts;
  events: ContractEvent[];
  deliveries: KeptDelivery[];
  links: readonly Link[];
  effects: Effect[];
  silences: WhySilence[];
};

/** `shared`: whoever asks is told nothing of their own. */
export async function readChain(
  ports: Ports,
  asking: Asking,
  contract: Contract,
  { shared }: { shared: boolean },
): Promise<Chain> {
  const store = ports.store();
  const [facts, events, deliveries, { links, removed }, effects, quieted, progress] =
    await Promise.all([
      readFacts(store, ports, contract),
      readEvents(store.database, contract.id),
      readEvidence(store, contract.id),
      readTies(store, contract.id),
      readEffects(store, contract.id),
      readQuieted(store, contract.id),
      readProgress(store, contract.id),
    ]);
  const { workspace, userId: audience } = asking;
  const now = store.now();
  const { mutedForYou, snoozedForYou, mutedHere, snoozedHere } = silenceWords;
  const forYou = { muted: mutedForYou, snoozed: snoozedForYou };
  const here = { muted: mutedHere, snoozed: snoozedHere };
  const spot = spotOf(asking);
  const { dealFields } = ports;
  const silences = [
    ...(spot === null ? [] : await silencesIn(ports, spot, facts, events)),
    ...(spot === null
      ? []
      : quietSilence(quieted, { workspace, audience: spot.channel }, here, now)),
    ...(shared ? [] : quietSilence(quieted, { workspace, audience }, forYou, now)),
    ...destinationSilences({ facts, dealFields, removed, progress, effects }),
  ];
  return { facts, events, deliveries, links, effects, silences };
}

/** The channel that it is asked in; null for direct messages, which hear of other things. */
function spotOf({ workspace, channel }: Asking): Spot | null {
  return channel === null || isDirect(channel) ? null : { workspace, channel };
}

async function silencesIn(
  ports: Ports,
  spot: Spot,
  facts: ContractFacts,
  events: ContractEvent[],
): Promise<WhySilence[]> {
  const store = ports.store();
  const [own, noises] = await Promise.all([readKept(store, spot), readNoises(store, "slack")]);
  const rules = termsOf(own).map(({ terms }) => terms.rule);
  const people = await Promise.all(
    peopleIn(rules).map(async (userId) => {
      const email = await emailOf(ports, { workspace: spot.workspace, userId });
      return email === null ? [] : [{ userId, email }];
    }),
  );
  const words = channelSilences({
    spot,
    own,
    defaultChannel: ports.hearing.defaultChannel,
    facts: nameOwner(facts, people.flat()),
    events,
    isLoud: noises.some((noise) => isSameSpot(noise, spot) && noise.calmedAt === null),
  });
  return words.map((said) => ({ words: said, until: null }));
}
