import { providerById, type Provider } from "@countersign/core";
import {
  portVariable,
  readEnvironment,
  readSettings,
  SettingsError,
  storeVariables,
  type SourceSettings,
} from "@countersign/service";
import { z } from "zod";

/** One configured connection to a provider. */
export type Source = {
  name: string;
  provider: Provider;
  secrets: readonly string[];
  /** The provider's own settings, as its schema reads them. */
  settings: unknown;
  maxBodyBytes: number;
};

const Variables = z.object({ ...storeVariables, RECEIVER_PORT: portVariable(3000) });

/** Everything that the receiver is told from outside, checked once. Throws SettingsError. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  const variables = readEnvironment(Variables, environment);
  const file = variables.COUNTERSIGN_CONFIG;
  const { sources } = readSettings(file, ["sources"], environment);
  if (sources === undefined) {
    throw new SettingsError(`${file}:1: there are no sources, so no webhook can come in. Add one.`);
  }
  return {
    port: variables.RECEIVER_PORT,
    logLevel: variables.LOG_LEVEL,
    store: {
      url: variables.DATABASE_URL,
      schema: variables.DATABASE_SCHEMA,
      backend: variables.DATABASE_BACKEND,
      applicationName: "receiver",
    },
    sources: readSources(sources, file),
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
  const provider = providerById(given.provider);
  if (provider === undefined) {
    throw new SettingsError(`${file}: source "${given.name}": no provider "${given.provider}".`);
  }
  const settings = provider.settings.safeParse(given.settings);
  if (!settings.success) {
    const faults = settings.error.issues.map(
      (issue) =>
        `${file}: source "${given.name}": settings.${issue.path.join(".")}: ${issue.message}.`,
    );
    throw new SettingsError(faults.join("\n"));
  }
  return {
    name: given.name,
    provider,
    secrets: given.secrets,
    settings: settings.data,
    maxBodyBytes:
      given.maxBodyMegabytes === undefined
        ? provider.maxBodyBytes
        : Math.floor(given.maxBodyMegabytes * 1_000_000),
  };
}
