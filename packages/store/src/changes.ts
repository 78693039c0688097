import type { Database } from "./database.ts";
import type { Statement } from "./statement.ts";

/** Tells whoever follows the contracts, in whatever process, that some have changed. */
export type Changes = {
  /**
   * Calls back when contracts may have changed, or when this destination alone is asked to look again.
   * Returns how to hear no more of it.
   */
  listen: (onChange: () => void, destination?: string) => () => void;
  /** Says so when the transaction in which they run commits. */
  announcement: Statement[];
  /** The same for one destination: the others need not look. */
  announcementTo: (destination: string) => Statement[];
  close(): Promise<void>;
};

/** Gives the connection on which we listen back to its pool, once, to be thrown away. */
type LetGo = (reason: Error | true) => void;

const reconnectMilliseconds = 1_000;

/**
 * PostgreSQL's LISTEN and NOTIFY. A hint, no message: what is missed while the connection is broken is
 * found by those who look every second anyway. `canNotify` is false where the backend knows no NOTIFY.
 */
export function openChanges(database: Database, schema: string, canNotify: boolean): Changes {
  const channel = `${schema}_changes`;
  const listeners = new Map<() => void, string | undefined>();
  let current: Promise<LetGo> | null = null;
  let reconnecting: NodeJS.Timeout | undefined;
  let isClosed = false;

  /** An empty payload is for everybody. */
  function tell({ payload = "" }: { payload?: string | undefined } = {}): void {
    for (const [listener, destination] of listeners) {
      if (payload === "" || payload === destination) listener();
    }
  }

  function announce(payload: string): Statement[] {
    return canNotify ? [{ text: "select pg_notify($1, $2)", values: [channel, payload] }] : [];
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
    announcement: announce(""),
    announcementTo: announce,
    async close() {
      isClosed = true;
      clearTimeout(reconnecting);
      const letGo = await current?.catch(() => undefined);
      letGo?.(true);
    },
  };
}
