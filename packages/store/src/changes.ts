import type { Database } from "./database.ts";
import type { Statement } from "./statement.ts";

/** Tells whoever follows the contracts, in whatever process, that some have changed. */
export type Changes = {
  /** Calls back when contracts may have changed. Returns how to hear no more of it. */
  listen: (onChange: () => void) => () => void;
  /** Says so when the transaction in which they run commits. */
  announcement: Statement[];
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
  const listeners = new Set<() => void>();
  let current: Promise<LetGo> | null = null;
  let reconnecting: NodeJS.Timeout | undefined;
  let isClosed = false;

  function tell(): void {
    for (const listener of listeners) listener();
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
    current.then(tell, connectLater);
  }

  function connectLater(): void {
    current = null;
    clearTimeout(reconnecting);
    if (!isClosed) reconnecting = setTimeout(connect, reconnectMilliseconds);
  }

  return {
    listen(onChange) {
      listeners.add(onChange);
      if (canNotify && listeners.size === 1 && current === null) connect();
      return () => listeners.delete(onChange);
    },
    announcement: canNotify ? [{ text: "select pg_notify($1, '')", values: [channel] }] : [],
    async close() {
      isClosed = true;
      clearTimeout(reconnecting);
      const letGo = await current?.catch(() => undefined);
      letGo?.(true);
    },
  };
}
