import {
  CredentialError,
  readEffects,
  readPlace,
  readQuieted,
  RetryLater,
  type Reader,
  type StoredContract,
} from "@countersign/store";
import type { Spot } from "../audience/channel-plans.ts";
import type { Owner } from "../audience/owner-want.ts";
import type { People } from "../audience/people.ts";
import { readFacts } from "../contracts/read-facts.ts";
import type { Ports } from "../ports.ts";
import type { Channels } from "../slack/channels.ts";
import { findStall } from "../stalls/find-stall.ts";
import { toldOf } from "./ledger.ts";
import { hoursOf, planNudges, type NudgeRules } from "./plan-nudges.ts";
import { readCandidates } from "./read-candidates.ts";
import { sendNudge, type Nudging, type Sent } from "./send-nudge.ts";

/** How one nudge ended. `later`: Slack or we could not now. */
export type Nudged = { contractId: string } & (
  | { end: Sent | "later" }
  | { end: "failed"; error: unknown }
);

export type NudgePorts = {
  ports: Ports;
  channels: Channels;
  people: People;
  onNudged: (nudged: Nudged) => void;
};

/** Zones lie at most so far apart, in milliseconds: within it, a stall may have begun by another clock. */
const zones = 26 * 3_600_000;

/**
 * Looks at the contracts that may have stalled and tells of those whose time it is. What cannot be sent now is
 * sent by a later look. Rejects where the database is away.
 */
export async function nudgeAll(given: NudgePorts): Promise<void> {
  const { ports, channels, onNudged } = given;
  const rules = await rulesOf(ports);
  for await (const contracts of readCandidates(ports)) {
    const looked = await Promise.all(contracts.map((stored) => look(given, rules, stored)));
    for (const nudging of looked.flat()) {
      const contractId = nudging.facts.contract.id;
      try {
        onNudged({ contractId, end: await sendNudge(ports, channels, nudging) });
      } catch (error) {
        const isLater = error instanceof RetryLater || error instanceof CredentialError;
        onNudged(isLater ? { contractId, end: "later" } : { contractId, end: "failed", error });
        // Whatever else is to be sent would be refused in the same way.
        if (error instanceof CredentialError) return;
      }
    }
  }
}

async function look(
  { ports, people }: NudgePorts,
  rules: NudgeRules,
  { contract, version }: StoredContract,
): Promise<Nudging[]> {
  const now = ports.now();
  const { workingHours } = rules;
  const soon = new Date(now.getTime() + zones);
  const mayHave = [now, soon].some((at) => findStall(contract, rules, workingHours, at) !== null);
  if (!mayHave) return [];
  const store = ports.store();
  const facts = await readFacts(store, ports, contract);
  const owner = await ownerOf(ports, people, facts.owner.email);
  const stall = findStall(contract, rules, hoursOf(owner, workingHours), now);
  if (stall === null) return [];
  const [effects, quieted] = await Promise.all([
    readEffects(store, contract.id, "slack"),
    readQuieted(store, contract.id),
  ]);
  const told = toldOf(effects, contract.id, stall);
  return planNudges({ stall, owner, quieted, told }, rules, now).map((planned) => {
    return { planned, stall, facts, version, effects };
  });
}

/** Whoever is in several workspaces is told in the first. */
async function ownerOf(
  { hearing }: Ports,
  people: People,
  email: string | null,
): Promise<Owner | "unsure" | null> {
  if (email === null || !hearing.directMessages) return null;
  const { owners, isSure } = await people.withAddress(email);
  return owners[0] ?? (isSure ? null : "unsure");
}

async function rulesOf(ports: Ports): Promise<NudgeRules> {
  const { stalls, workingHours } = ports;
  const { escalateTo } = stalls;
  const installed = await ports.workspaces.all();
  const spot = await escalationSpot(ports.store(), escalateTo, ports.hearing, installed);
  return { ...stalls, escalateTo: spot, workingHours };
}

/** In which workspace the configured channel is: where it was seen before, else that of the other one. */
export async function escalationSpot(
  reader: Reader,
  channel: string | undefined,
  { defaultChannel }: Pick<Ports["hearing"], "defaultChannel">,
  [first]: readonly string[],
): Promise<Spot | null> {
  if (channel === undefined) return null;
  const place = await readPlace(reader, "slack", channel);
  const workspace = place?.workspace ?? defaultChannel?.workspace ?? first;
  return workspace === undefined ? null : { workspace, channel };
}
