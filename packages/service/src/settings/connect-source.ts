import { providerById, type Http, type Provider, type ProviderConnection } from "@countersign/core";
import type { z } from "zod";
import { SettingsError } from "./problem.ts";
import type { SourceSettings } from "./schema.ts";

/** The provider of a source, and its API where the source gives credentials for it. */
export type ConnectedSource = {
  provider: Provider;
  connection: ProviderConnection | null;
};

/**
 * Connects a source to its provider's API where it has `access`. `http` rejects where no answer came. Throws
 * SettingsError for what a provider does not take; `file` is where the source stands.
 */
export function connectSource(
  source: SourceSettings,
  ports: { http: Http; now: () => Date },
  file: string,
): ConnectedSource {
  const place = `${file}: source "${source.name}"`;
  const provider = providerById(source.provider);
  if (provider === undefined) {
    throw new SettingsError(`${place}: no provider "${source.provider}".`);
  }
  const { client } = provider;
  if (client === undefined || source.access === undefined) return { provider, connection: null };
  const settings = readSourcePart(provider.settings, source.settings, `${place}: settings`);
  const access = readSourcePart(client.access, source.access, `${place}: access`);
  return { provider, connection: client.connect(access, { ...ports, settings }) };
}

/** What a source says in its provider's own words. Throws SettingsError, a line for each thing that is wrong. */
export function readSourcePart(schema: z.ZodType, given: unknown, place: string): unknown {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    (issue) => `${[place, ...issue.path].join(".")}: ${issue.message}.`,
  );
  throw new SettingsError(faults.join("\n"));
}
