import type { Normalized } from "@countersign/core";
import type { Connection } from "../database.ts";
import { putInQuarantine, whyQuarantined, type Delivery } from "../deliveries.ts";
import { isDataFault } from "../in-halves.ts";
import {
  readUnread,
  removeUnread,
  takeUnread,
  type UnreadChoice,
  type UnreadDelivery,
} from "../unread.ts";
import {
  inRecording,
  recordOn,
  type Recorded,
  type RecordedTogether,
  type RecordPorts,
} from "./record-together.ts";

/** Makes of a kept delivery what it was when it came, and what it says. Throws nothing. */
export type ReadKept = (kept: UnreadDelivery) => { delivery: Delivery; normalized: Normalized };

/**
 * Reads the first unread deliveries of some sources and records them in one transaction; how each ended,
 * none where none waits. What PostgreSQL refuses is put in quarantine, by itself.
 */
export async function recordUnread(
  ports: RecordPorts,
  read: ReadKept,
  choice: UnreadChoice,
): Promise<Recorded[]> {
  let taken: string[] = [];
  try {
    const { ends } = await inRecording(ports, async (connection) => {
      taken = await takeUnread(connection, choice);
      return taken.length === 0 ? nothing : recordKept(ports, connection, read, taken);
    });
    return ends;
  } catch (error) {
    if (!isDataFault(error)) throw error;
    const [only] = taken;
    if (taken.length > 1) {
      return recordUnread(ports, read, { ...choice, most: Math.ceil(taken.length / 2) });
    }
    if (only === undefined || choice.only !== undefined) throw error;
    const refused: ReadKept = (kept) => ({ ...read(kept), normalized: couldNotBeStored });
    return recordUnread(ports, refused, { ...choice, only });
  }
}

const nothing: RecordedTogether = { ends: [], contracts: [] };

/** Sending or reading the same again cannot help: it is kept for a person to look at. */
export const couldNotBeStored: Normalized = { understood: false, reason: "could not be stored" };

async function recordKept(
  ports: RecordPorts,
  connection: Connection,
  read: ReadKept,
  ids: string[],
): Promise<RecordedTogether> {
  const kept = await readUnread(connection, ids);
  const recordings = kept.map((one) => ({ ...read(one), replayOf: one.id }));
  const recorded = await recordOn(ports, connection, recordings);
  await putInQuarantine(
    connection,
    recordings.flatMap(({ normalized, replayOf: id }) => {
      const reason = whyQuarantined(normalized);
      return reason === null ? [] : [{ id, reason }];
    }),
  );
  await removeUnread(connection, ids);
  return recorded;
}
