import type { FileCalls, Http } from "@countersign/core";
import { connectSource, readSettings, type SourceSettings } from "@countersign/service";

/** The files of a source's contracts; null where it has no access to its provider, or is not known. */
export type FileSources = (source: string) => FileCalls | null;

type Ports = { http: Http; now: () => Date };

/** Connects the sources that have `access`. Throws SettingsError for what a provider does not take. */
export function openFileSources(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
  ports: Ports,
): FileSources {
  const { sources = [] } = readSettings(file, ["sources.access"], environment);
  return openSources(sources, ports, file);
}

/** `file` is where the sources stand, for what is wrong with them. */
export function openSources(
  sources: readonly SourceSettings[],
  ports: Ports,
  file: string,
): FileSources {
  const opened = new Map(
    sources.map((source) => [source.name, connectSource(source, ports, file).connection]),
  );
  return (source) => opened.get(source)?.files ?? null;
}
