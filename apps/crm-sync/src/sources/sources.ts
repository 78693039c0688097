import type { Http, ProviderConnection } from "@countersign/core";
import { connectSource, readSettings, type SourceSettings } from "@countersign/service";

/** The API of each source's provider, by the source's name, where it has access to it. */
export type Sources = ReadonlyMap<string, ProviderConnection>;

type Ports = { http: Http; now: () => Date };

/** Connects the sources that have `access`. Throws SettingsError for what a provider does not take. */
export function readSources(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
  ports: Ports,
): Sources {
  const { sources = [] } = readSettings(file, ["sources.access"], environment);
  return openSources(sources, ports, file);
}

/** `file` is where the sources stand, for what is wrong with them. */
export function openSources(
  sources: readonly SourceSettings[],
  ports: Ports,
  file: string,
): Sources {
  const opened = sources.map((source) => ({
    name: source.name,
    connection: connectSource(source, ports, file).connection,
  }));
  return new Map(
    opened.flatMap(({ name, connection }) => (connection === null ? [] : [[name, connection]])),
  );
}
