import type { AppName } from "./apps.ts";
import type { Environment, Ports } from "./config.ts";

export type LaunchOptions = {
  /** The checkout. */
  root: string;
  /** Where data, logs and `running.json` go. */
  home: string;
  ports: Ports;
  /** The environment the apps inherit; `DATABASE_URL` in it replaces the embedded database. */
  env: Environment;
  /** Other programs in place of the apps, by absolute path. */
  entries?: Partial<Record<AppName, string>>;
  /** Further copies of apps, each on a port of its own. */
  copies?: readonly Copy[];
  /** `false`: the data is not synced to disk and is removed at the end, for tests. */
  durable?: boolean;
  /** How long the first wait before starting something again is, in milliseconds. */
  firstDelayMs?: number;
  /** Says what happens, in lines for people. */
  onLine: (line: string) => void;
  /** Gives up starting and stops what was started. */
  signal?: AbortSignal;
};

export type Copy = { app: AppName; port: number };

export const defaultDelayMs = 500;
