import type { Http } from "@countersign/core";
import { connectSource, type SourceSettings } from "@countersign/service";
import type { Sources } from "./ports.ts";

/**
 * The configured sources, each connected to its provider's API where it has `access`. `http` rejects where no
 * answer came. Throws SettingsError for what a provider does not take; `file` is where that stands.
 */
export function openSources(
  given: readonly SourceSettings[],
  ports: { http: Http; now: () => Date },
  file: string,
): Sources {
  const opened = new Map(given.map((source) => [source.name, connectSource(source, ports, file)]));
  return {
    names: [...opened.keys()],
    providerOf(source) {
      const provider = opened.get(source)?.provider;
      return provider === undefined ? null : { id: provider.id, title: provider.title };
    },
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
