import {
  readInstallation,
  readInstallations,
  removeInstallation,
  saveInstallation,
  type Store,
  type StoredInstallation,
} from "@countersign/store";
import { setTimeout as sleep } from "node:timers/promises";
import { Installation, isAllowed, keyOfInstallation } from "./installation.ts";
import type { Seal } from "./seal.ts";

/** The installations that are kept, sealed. */
export type Installations = {
  read(id: string): Promise<Installation | null>;
  save(installation: Installation): Promise<void>;
  remove(id: string): Promise<boolean>;
  ids(): Promise<string[]>;
  /** Seals with the newest key what an older one has sealed, so that the older can be dropped. Says how many. */
  sealAnew(): Promise<number>;
  /**
   * What `work` returns, done while nobody else, in whatever process, changes this installation. Throws where
   * that takes longer than half a minute to come about.
   */
  alone<Result>(id: string, work: () => Promise<Result>): Promise<Result>;
};

/** How often, in milliseconds, and how many times it is looked whether others are done. */
const looks = { every: 100, most: 300 };

export type InstallationsPorts = {
  store: () => Store;
  seal: Seal;
  /** Ids of the workspaces and organizations that may see our contracts; others count as not installed. */
  allowed: readonly string[];
  /** None of our keys has sealed it, so it counts as not installed. */
  onUnreadable: (id: string, error: unknown) => void;
};

export function openInstallations(ports: InstallationsPorts): Installations {
  const { store, seal, allowed } = ports;
  const write = async (id: string, installation: Installation) =>
    saveInstallation(store(), id, seal.seal(JSON.stringify(installation), id));

  function open({ id, sealed }: StoredInstallation): Installation | null {
    try {
      return Installation.parse(JSON.parse(seal.open(sealed, id)));
    } catch (error) {
      ports.onUnreadable(id, error);
      return null;
    }
  }

  function openAllowed(stored: StoredInstallation): Installation | null {
    const installation = open(stored);
    return installation !== null && isAllowed(installation, allowed) ? installation : null;
  }

  async function alone<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    const name = `${store().schema} slack installation ${id}`;
    for (let look = 0; look < looks.most; look += 1) {
      // Null stands for "somebody else is at it", so what is returned goes in a box.
      const done = await store().locks.whileAlone(name, async () => ({ result: await work() }));
      if (done !== null) return done.result;
      await sleep(looks.every);
    }
    throw new Error("An installation was changed by somebody else for half a minute.");
  }

  async function sealOneAnew(id: string): Promise<boolean> {
    const stored = await readInstallation(store(), id);
    if (stored === null || seal.isCurrent(stored.sealed)) return false;
    const installation = open(stored);
    if (installation !== null) await write(id, installation);
    return installation !== null;
  }

  return {
    alone,
    async read(id) {
      const stored = await readInstallation(store(), id);
      return stored === null ? null : openAllowed(stored);
    },
    save: (installation) => write(keyOfInstallation(installation), installation),
    remove: (id) => removeInstallation(store(), id),
    async ids() {
      const stored = await readInstallations(store());
      return stored.filter((one) => openAllowed(one) !== null).map(({ id }) => id);
    },
    async sealAnew() {
      let count = 0;
      for (const { id } of await readInstallations(store())) {
        if (await alone(id, () => sealOneAnew(id))) count += 1;
      }
      return count;
    },
  };
}
