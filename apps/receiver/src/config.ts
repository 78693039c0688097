import { providerById, type Provider } from "@countersign/core";
import {
  portVariable,
  readEnvironment,
  readSettings,
  readSourcePart,
  SettingsError,
  StoreVariables,
  type SourceSettings,
} from "@countersign/service";
import { storeOptions } from "@countersign/store";
import { z } from "zod";
import type { Rate } from "./rate.ts";

/** One configured connection to a provider. */
export type Source = {
  name: string;
  provider: Provider;
  secrets: readonly string[];
  /** The provider's own settings, as its schema reads them. */
  settings: unknown;
  maxBodyBytes: number;
  /** How fast it may send; null for as fast as it likes. */
  rate: Rate | null;
  /** Headers that are never kept, in lower case. */
  credentialHeaders: ReadonlySet<string>;
  /** Endings take effect only once they are read back from the provider. */
  confirmsEndings: boolean;
  /** Credentials for the provider's API, as its client's schema reads them; null without. */
  access: unknown;
};

const commonCredentials = ["authorization", "cookie", "proxy-authorization"];

const Variables = StoreVariables.safeExtend({
  RECEIVER_PORT: portVariable(3000),
  /** Deliveries in one transaction; 1 for a transaction each. */
  RECEIVER_BATCH: z.coerce.number().int().min(1).max(1_000).default(64),
  /** Transactions at the same time. */
  RECEIVER_WRITERS: z.coerce.number().int().min(1).max(50).default(3),
  /** So many that come together, for so many milliseconds, begin the time in which deliveries are answered before they are read. */
  RECEIVER_KEEP_FROM: z.coerce.number().int().min(1).max(1_000).default(64),
  RECEIVER_KEEP_AFTER: z.coerce.number().int().min(0).max(60_000).default(200),
});

/** Everything that the receiver is told from outside, checked once. Throws SettingsError. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  const variables = readEnvironment(Variables, environment);
  const file = variables.COUNTERSIGN_CONFIG;
  const { sources, retention } = readSettings(file, ["sources"], environment);
  if (sources === undefined) {
    throw new SettingsError(`${file}:1: there are no sources, so no webhook can come in. Add one.`);
  }
  return {
    port: variables.RECEIVER_PORT,
    logLevel: variables.LOG_LEVEL,
    store: {
      ...storeOptions(variables, "receiver"),
      recording: {
        largest: variables.RECEIVER_BATCH,
        writers: variables.RECEIVER_WRITERS,
        keptFrom: variables.RECEIVER_KEEP_FROM,
        keptAfterMs: variables.RECEIVER_KEEP_AFTER,
      },
      // Each writer holds a connection, and who reads up; the rest serves reads, health and housekeeping.
      maxConnections: variables.RECEIVER_WRITERS + 4,
    },
    sources: readSources(sources, file),
    deliveryDays: retention.deliveryDays,
  };
}

export function readSources(sources: SourceSettings[], file: string): Map<string, Source> {
  const byName = new Map<string, Source>();
  for (const given of sources) {
    if (byName.has(given.name)) {
      throw new SettingsError(`${file}: two sources are named "${given.name}". Rename one.`);
    }
    byName.set(given.name, readSource(given, file));
  }
  return byName;
}

function readSource(given: SourceSettings, file: string): Source {
  const place = `${file}: source "${given.name}"`;
  const provider = providerById(given.provider);
  if (provider === undefined) throw new SettingsError(`${place}: no provider "${given.provider}".`);
  const { client } = provider;
  if (given.access !== undefined && client === undefined) {
    throw new SettingsError(`${place}: ${provider.title} has no API to read. Take access out.`);
  }
  if (given.confirm !== undefined && given.access === undefined) {
    throw new SettingsError(
      `${place}: confirm needs access, the credentials with which contracts are read back. Add it, or take confirm out.`,
    );
  }
  return {
    name: given.name,
    provider,
    secrets: given.secrets,
    settings: readSourcePart(provider.settings, given.settings, `${place}: settings`),
    maxBodyBytes:
      given.maxBodyMegabytes === undefined
        ? provider.maxBodyBytes
        : Math.floor(given.maxBodyMegabytes * 1_000_000),
    rate: given.rate ?? null,
    credentialHeaders: new Set([...commonCredentials, ...(provider.secretHeaders ?? [])]),
    confirmsEndings: given.confirm !== undefined,
    access:
      client && given.access
        ? readSourcePart(client.access, given.access, `${place}: access`)
        : null,
  };
}
