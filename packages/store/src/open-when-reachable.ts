import { setTimeout as sleep } from "node:timers/promises";
import { openStore, type Store, type StoreOptions } from "./store.ts";
import { isUnreachable } from "./unreachable.ts";

/** A store that is there as soon as its database is; null until then. */
export type ComingStore = AsyncDisposable & {
  current(): Store | null;
  /** Throws until it is there. */
  reached(): Store;
  opened: Promise<Store>;
};

/**
 * Opens the store, waiting for a database that is not there yet: an app can listen, and say that it is not
 * ready, meanwhile. `onWait` hears why each attempt failed. Closing it ends the attempts.
 */
export function openWhenReachable(
  options: StoreOptions,
  onWait: (error: unknown) => void,
): ComingStore {
  const closing = new AbortController();
  let store: Store | null = null;
  const opened = keepTrying(options, closing.signal, onWait).then((ready) => (store = ready));
  opened.catch(() => undefined);
  return {
    current: () => store,
    reached() {
      if (store === null) throw new Error("The database has not been reached yet.");
      return store;
    },
    opened,
    async [Symbol.asyncDispose]() {
      closing.abort();
      await opened.then(
        (ready) => ready.close(),
        () => undefined,
      );
    },
  };
}

async function keepTrying(
  options: StoreOptions,
  signal: AbortSignal,
  onWait: (error: unknown) => void,
): Promise<Store> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openStore(options);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      onWait(error);
      await sleep(Math.min(5_000, 200 * 2 ** attempt), undefined, { signal });
    }
  }
}
