import type { Database } from "./database.ts";
import { gather } from "./gather.ts";

/** Tells whoever follows the contracts, in whatever process, that some have changed. */
export type Changes = {
  /**
   * Calls back when contracts may have changed, or when this destination alone is asked to look again.
   * Returns how to hear no more of it.
   */
  listen: (onChange: () => void, destination?: string) => () => void;
  /** Says that some have changed, which has been committed; to one destination alone where only that need look. */
  announce: (destination?: string) => void;
  /** When all is said that was to be announced. */
  close(): Promise<void>;
};

/** Gives the connection on which we listen back to its pool, once, to be thrown away. */
type LetGo = (reason: Error | true) => void;

const reconnectMilliseconds = 1_000;

/** The payload that is for everybody. */
const toAll = "";

export type ChangesPorts = {
  /** A connection of it listens. */
  database: Database;
  /** Announces; nothing of it need be on disk. */
  bookkeeping: Database;
  schema: string;
  /** False where the backend knows no NOTIFY. */
  canNotify: boolean;
};

/**
 * PostgreSQL's LISTEN and NOTIFY. A hint, no message: what is missed while the connection is broken, or a process dies
 * before it could say, is found by those who look every second anyway.
 */
export function openChanges(ports: ChangesPorts): Changes {
  const { database, canNotify } = ports;
  const channel = `${ports.schema}_changes`;
  const say = openAnnouncing(ports.bookkeeping, channel);
  let said: Promise<void> = Promise.resolve();
  const listeners = new Map<() => void, string | undefined>();
  let current: Promise<LetGo> | null = null;
  let reconnecting: NodeJS.Timeout | undefined;
  let isClosed = false;

  function tell({ payload = toAll }: { payload?: string | undefined } = {}): void {
    for (const [listener, destination] of listeners) {
      if (payload === toAll || payload === destination) listener();
    }
  }

  async function open(): Promise<LetGo> {
    const connection = await database.connect();
    let isLent = true;
    const letGo: LetGo = (reason) => {
      if (!isLent) return;
      isLent = false;
      connection.removeListener("notification", tell);
      connection.release(reason);
      connectLater();
    };
    connection.on("notification", tell);
    connection.once("error", letGo);
    await connection.query(`listen ${channel}`).catch((error: unknown) => {
      letGo(true);
      throw error;
    });
    return letGo;
  }

  function connect(): void {
    current = open();
    current.then(() => tell(), connectLater);
  }

  function connectLater(): void {
    current = null;
    clearTimeout(reconnecting);
    if (!isClosed) reconnecting = setTimeout(connect, reconnectMilliseconds);
  }

  return {
    listen(onChange, destination) {
      listeners.set(onChange, destination);
      if (canNotify && listeners.size === 1 && current === null) connect();
      return () => listeners.delete(onChange);
    },
    announce(destination = toAll) {
      if (canNotify) said = say(destination).catch(() => undefined);
    },
    async close() {
      isClosed = true;
      await said;
      clearTimeout(reconnecting);
      const letGo = await current?.catch(() => undefined);
      letGo?.(true);
    },
  };
}

/**
 * Says payloads, one statement at a time. Not in the transaction that made them true: of all transactions of a server
 * that hold a NOTIFY only one commits at a time, so that each waited for the disk alone and in turn.
 */
function openAnnouncing(database: Database, channel: string): (payload: string) => Promise<void> {
  const say = async (payloads: string[]) => {
    const each = payloads.includes(toAll) ? [toAll] : [...new Set(payloads)];
    await database.query({
      name: "announce",
      text: "select pg_notify($1, payload) from unnest($2::text[]) as payload",
      values: [channel, each],
    });
    return payloads.map(() => ({ status: "fulfilled", value: undefined }) as const);
  };
  return gather(say, { atOnce: 1, largest: 1_000 });
}
