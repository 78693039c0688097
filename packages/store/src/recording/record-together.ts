import type { Normalized } from "@countersign/core";
import type { Changes } from "../changes.ts";
import { insertContracts, lockContracts, updateContracts } from "../contracts.ts";
import {
  inTransaction,
  isOutOfDate,
  sqlStateOf,
  type Connection,
  type Database,
} from "../database.ts";
import {
  keepDeliveries,
  releaseFromQuarantine,
  whyQuarantined,
  type Delivery,
  type KeptId,
} from "../deliveries.ts";
import { readEventsIn, writeEvents } from "../events.ts";
import type { FaultPoint } from "../fault-points.ts";
import { inHalves } from "../in-halves.ts";
import { wakeupStatements, type Queue } from "../queue/queue.ts";
import type { Subscribers } from "../queue/subscribers.ts";
import { passOver } from "../queue/pass-over.ts";
import { runAsOne } from "../statement.ts";
import type { Recall } from "./recall.ts";
import {
  bySameness,
  contractsOf,
  learn,
  type ChangedContract,
  type Known,
  type Understood,
} from "./learn.ts";

/** A delivery on its way into the database, and what it says. */
export type Recording = {
  delivery: Delivery;
  normalized: Normalized;
  /** It is kept already, under this id: only its facts are read again. */
  replayOf?: string;
};

export type Recorded =
  /** `changed` names the contracts that are not what they were. */
  | { outcome: "recorded"; deliveryId: string; changed: string[] }
  /** The same, if a part of it could be read. */
  | { outcome: "quarantined"; deliveryId: string; reason: string; changed: string[] }
  /** The same bytes came before and stand recorded. */
  | { outcome: "duplicate"; deliveryId: string };

/** What recording needs of a store. */
export type RecordPorts = {
  database: Database;
  queue: Queue;
  destinations: Subscribers;
  changes: Changes;
  now: () => Date;
  reach: (point: FaultPoint) => void;
  recall: Recall;
  /** Destinations that are not woken. */
  quiet: readonly string[];
};

const tries = 5;

/** Records deliveries in one transaction; a delivery that PostgreSQL refuses fails alone. */
export async function recordTogether(
  ports: RecordPorts,
  recordings: Recording[],
): Promise<PromiseSettledResult<Recorded>[]> {
  return inHalves(recordings, (some) => recordAll(ports, some));
}

/** Another transaction has made one of our new contracts meanwhile: to be read, not made. */
class Overtaken extends Error {
  override name = "Overtaken";
}

async function recordAll(ports: RecordPorts, recordings: Recording[]): Promise<Recorded[]> {
  const { ends } = await inRecording(ports, (connection) =>
    recordOn(ports, connection, recordings),
  );
  return ends;
}

/** What a transaction recorded: how each delivery ended, and the contracts that are not what they were. */
export type RecordedTogether = { ends: Recorded[]; contracts: ChangedContract[] };

/**
 * A transaction in which deliveries are recorded. A deadlock or serialization failure (class 40) is
 * PostgreSQL's way of saying: again; and so is a plan that a migration has made out of date.
 */
export async function inRecording(
  ports: RecordPorts,
  work: (connection: Connection) => Promise<RecordedTogether>,
): Promise<RecordedTogether> {
  for (let left = tries; ; left -= 1) {
    try {
      const done = await inTransaction(ports.database, async (connection) => {
        const recorded = await work(connection);
        if (recorded.ends.length > 0) ports.reach("recording");
        return recorded;
      });
      if (done.ends.length > 0) ports.reach("recorded");
      if (done.contracts.length > 0) ports.changes.announce();
      for (const { contract, ...known } of done.contracts)
        ports.recall.remember(contract.id, known);
      return done;
    } catch (error) {
      if (left === 1 || !isPassing(error)) throw error;
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Overtaken || isOutOfDate(error) || sqlStateOf(error).startsWith("40");
}

/** Everything that recording deliveries takes, in the connection's transaction. */
export async function recordOn(
  ports: RecordPorts,
  connection: Connection,
  recordings: Recording[],
): Promise<RecordedTogether> {
  const kept = await keepAll(connection, recordings);
  const understood = understoodOf(recordings, kept);
  const { contracts, changedBy } = learn(
    understood,
    await readKnown(ports, connection, understood),
  );
  await write(ports, connection, contracts);
  const ends = recordings.map(({ normalized }, index) => endOf(normalized, kept[index], changedBy));
  return { ends, contracts };
}

/** New deliveries are kept; of those that are replayed, whatever is understood whole leaves the quarantine. */
async function keepAll(connection: Connection, recordings: Recording[]): Promise<KeptId[]> {
  const fresh = recordings.filter(({ replayOf }) => replayOf === undefined);
  const kept = fresh.length === 0 ? [] : await keepDeliveries(connection, fresh);
  const ids = new Map(fresh.map((recording, index) => [recording, kept[index]]));
  const replayed = recordings.flatMap(({ replayOf, normalized }) =>
    replayOf !== undefined && whyQuarantined(normalized) === null ? [replayOf] : [],
  );
  await releaseFromQuarantine(connection, replayed);
  return recordings.map((recording) => {
    const id = ids.get(recording) ?? { id: recording.replayOf ?? "", repeated: false };
    return id;
  });
}

/** Contracts, events and wake-ups go in one statement: a group waits for each round trip. */
async function write(
  { queue, destinations, quiet, now }: RecordPorts,
  connection: Connection,
  contracts: ChangedContract[],
): Promise<void> {
  if (contracts.length === 0) return;
  const created = contracts.filter(({ isNew }) => isNew);
  const updated = contracts.filter(({ isNew }) => !isNew);
  const ids = contracts.map(({ contract }) => contract.id);
  const at = now();
  const loud = (await destinations()).filter((destination) => !quiet.includes(destination));
  const [made = 0] = await runAsOne(connection, [
    ...(created.length > 0 ? [insertContracts(created, at)] : []),
    ...(updated.length > 0 ? [updateContracts(updated, at)] : []),
    writeEvents(contracts.flatMap(({ news }) => news)),
    ...(await wakeupStatements(queue, loud, ids)),
    ...quiet.map((destination) => passOver(destination, contracts, at)),
  ]);
  // Where none was to be made, the first count is of something else, and not less than none.
  if (made < created.length) throw new Overtaken();
}

/** Those that are understood and not here already. */
function understoodOf(recordings: Recording[], kept: KeptId[]): Understood[] {
  return recordings.flatMap(({ delivery, normalized }, index) => {
    const { id, repeated } = kept[index] ?? { repeated: true, id: "" };
    if (repeated || !normalized.understood) return [];
    return [{ deliveryId: id, delivery, reports: normalized.reports }];
  });
}

/** What is known of the deliveries' contracts, which nobody else can change until the transaction ends. */
async function readKnown(
  { recall }: RecordPorts,
  connection: Connection,
  understood: Understood[],
): Promise<Map<string, Known>> {
  const versions = await lockContracts(connection, contractsOf(understood));
  const recalled = new Map(
    [...versions].map(([id, version]) => [id, recall.knownAt(id, version)] as const),
  );
  const unknown = [...recalled].flatMap(([id, known]) => (known === undefined ? [id] : []));
  const read = await readEventsIn(connection, unknown);
  return new Map(
    [...versions].map(([id, version]) => {
      const known = { version, events: bySameness(read.get(id) ?? []), searchable: null };
      return [id, recalled.get(id) ?? known];
    }),
  );
}

function endOf(
  normalized: Normalized,
  kept: KeptId | undefined,
  changedBy: ReadonlyMap<string, string[]>,
): Recorded {
  if (kept === undefined) throw new Error("A delivery of a group was not kept.");
  const deliveryId = kept.id;
  if (kept.repeated) return { outcome: "duplicate", deliveryId };
  const changed = changedBy.get(deliveryId) ?? [];
  const reason = whyQuarantined(normalized);
  if (reason === null) return { outcome: "recorded", deliveryId, changed };
  return { outcome: "quarantined", deliveryId, reason, changed };
}
