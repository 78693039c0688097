import { providerById, type Http, type ProviderConnection } from "@countersign/core";
import { SettingsError, type SourceSettings } from "@countersign/service";
import type { z } from "zod";
import type { Sources } from "./ports.ts";

/** The provider of a source, and its API where the source gives credentials for it. */
type Opened = {
  provider: { id: string; title: string };
  connection: ProviderConnection | null;
};

/**
 * The configured sources, each connected to its provider's API where it has `access`. `http` rejects where no
 * answer came. Throws SettingsError for what a provider does not take; `file` is where that stands.
 */
export function openSources(
  given: readonly SourceSettings[],
  ports: { http: Http; now: () => Date },
  file: string,
): Sources {
  const opened = new Map(given.map((source) => [source.name, openSource(source, ports, file)]));
  return {
    names: [...opened.keys()],
    providerOf: (source) => opened.get(source)?.provider ?? null,
    canRemind: (source) => opened.get(source)?.connection?.sendReminder !== undefined,
    async remind({ source, externalId }) {
      const connection = opened.get(source)?.connection;
      if (connection?.sendReminder === undefined) {
        throw new Error(`No reminder can be sent through "${source}".`);
      }
      return connection.sendReminder(externalId, null);
    },
  };
}

function openSource(
  source: SourceSettings,
  ports: { http: Http; now: () => Date },
  file: string,
): Opened {
  const place = `${file}: source "${source.name}"`;
  const provider = providerById(source.provider);
  if (provider === undefined)
    throw new SettingsError(`${place}: no provider "${source.provider}".`);
  const { id, title, client } = provider;
  if (client === undefined || source.access === undefined) {
    return { provider: { id, title }, connection: null };
  }
  const settings = readPart(provider.settings, source.settings, `${place}: settings`);
  const access = readPart(client.access, source.access, `${place}: access`);
  return { provider: { id, title }, connection: client.connect(access, { ...ports, settings }) };
}

function readPart(schema: z.ZodType, given: unknown, place: string): unknown {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `${[place, ...issue.path].join(".")}: ${issue.message}.`,
  );
  throw new SettingsError(faults.join("\n"));
}
