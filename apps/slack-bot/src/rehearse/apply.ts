import {
  CredentialError,
  PermanentError,
  readContract,
  readEffects,
  readPeopleByEmail,
  readPlace,
  RetryLater,
  whileAlone,
  type Effect,
  type Store,
} from "@countersign/store";
import { openAudience, type Audience } from "../audience/audience.ts";
import { kinds } from "../notifications/ledger.ts";
import { notify } from "../notifications/notify.ts";
import type { Target } from "../notifications/target.ts";
import type { Ports } from "../ports.ts";
import type { Channels } from "../slack/channels.ts";
import type { Listed, ListedContract } from "./to-apply.ts";

/** How it ended for one contract. `said` may be nothing: it stood there already, or a later look says it. */
export type Applied =
  | {
      is: "said";
      messages: number;
      edits: number;
      /** Places where somebody's quiet hours or snooze come first. */
      putOff: number;
      /** Lines that were too much for their channel. */
      summedUp: number;
      /** What Slack refused for good, and where. */
      failed: { channel: string; message: string }[];
    }
  | { is: "refused"; code: "changed-since-rehearsal" | "busy"; message: string };

export type ApplyPorts = {
  ports: Ports;
  channels: Channels;
  sleep: (milliseconds: number) => Promise<unknown>;
};

/** How often it is waited until Slack takes more. */
const mostWaits = 100;

/** How many calls of one contract may end nobody knows how, and how long it is waited after each, in milliseconds. */
const mostFaults = 5;
const afterFault = 2_000;

/**
 * Says of each contract what was rehearsed, and only there: by the way of every look, with its keys in the ledger, so
 * that neither this nor a later look says anything twice. A contract that has changed since is refused. Throws
 * CredentialError where Slack refuses our token.
 */
export async function* apply(
  given: ApplyPorts,
  contracts: readonly ListedContract[],
): AsyncGenerator<{ contractId: string; end: Applied }> {
  const audience = openAudience(given.ports, given.channels);
  for (const listed of contracts) {
    const { contractId } = listed;
    yield { contractId, end: await applyPatiently(given, audience, listed) };
  }
}

async function applyPatiently(
  { ports, sleep }: ApplyPorts,
  audience: Audience,
  listed: ListedContract,
): Promise<Applied> {
  const store = ports.store();
  const { contractId } = listed;
  const before = settledIn(await readEffects(store, contractId, "slack"));
  let faults = 0;
  for (let waits = 0; waits < mostWaits; waits += 1) {
    try {
      const work = () => applyTo(ports, audience, listed, before);
      return (await whileAlone(store, "slack", contractId, work)) ?? busy;
    } catch (error) {
      if (error instanceof CredentialError) throw error;
      if (error instanceof RetryLater) {
        await sleep(error.seconds * 1_000);
        continue;
      }
      // The ledger has it, and what it leaves to be done is done by the next try.
      if (error instanceof PermanentError) continue;
      faults += 1;
      if (faults > mostFaults) throw error;
      await sleep(afterFault);
    }
  }
  return busy;
}

const busy: Applied = {
  is: "refused",
  code: "busy",
  message: "Slack or Countersign is busy with this contract: apply again.",
};

/** `before`: what the ledger had settled when it began, whatever broke off since. */
async function applyTo(
  ports: Ports,
  audience: Audience,
  { contractId, version, places }: ListedContract,
  before: readonly Effect[],
): Promise<Applied> {
  const store = ports.store();
  const stored = await readContract(store.database, contractId);
  if (stored?.version !== version) {
    const message = "The contract has changed since the rehearsal. Rehearse again.";
    return { is: "refused", code: "changed-since-rehearsal", message };
  }
  let putOff = 0;
  await notify(
    {
      ...ports,
      store,
      lose: audience.lose,
      async audienceOf(subject) {
        const targets = await audience.audienceOf(subject);
        const own = (await Promise.all(targets.map((one) => narrowed(store, one, places)))).flat();
        putOff = own.filter(({ silence }) => silence === "snoozed").length;
        return own;
      },
    },
    stored,
  );
  const known = new Set(before.map(({ id }) => id));
  const fresh = settledIn(await readEffects(store, contractId, "slack")).filter(
    ({ id }) => !known.has(id),
  );
  const done = fresh.filter(({ status }) => status === "done");
  return {
    is: "said",
    messages: done.filter(({ kind }) => kind === kinds.card || kind === kinds.line).length,
    edits: done.filter(({ kind }) => kind === kinds.edit).length,
    putOff,
    summedUp: fresh.filter(({ code }) => code === "collapsed").length,
    failed: fresh
      .filter(({ status }) => status === "failed")
      .map(({ target, message }) => ({ channel: target, message: message ?? "" })),
  };
}

function settledIn(effects: readonly Effect[]): Effect[] {
  return effects.filter(({ status }) => status !== "planned");
}

/** The target with nothing to say but what was rehearsed for it; none where nothing was. */
async function narrowed(
  store: Store,
  target: Target,
  places: readonly Listed[],
): Promise<Target[]> {
  const { id } = target.channel;
  const person = (await readPlace(store, "slack", id))?.person ?? null;
  for (const { place, hasCard, lines } of places) {
    const isHere =
      place.channel === null ? await isOf(store, person, place.person) : place.channel === id;
    if (!isHere) continue;
    const listed = new Set(lines.flatMap(({ covers }) => covers));
    return [
      {
        ...target,
        tells: (event) => target.tells(event) && listed.has(event.id),
        tellsAll: target.tellsAll && hasCard,
      },
    ];
  }
  return [];
}

/** Whether the address is this person's. */
async function isOf(store: Store, userId: string | null, address: string | null): Promise<boolean> {
  if (userId === null || address === null) return false;
  const people = await readPeopleByEmail(store, address);
  return people.some((one) => one.userId === userId);
}
