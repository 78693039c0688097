import { z } from "zod";

const specSchema = z.looseObject({ paths: z.record(z.string(), z.unknown()) });

/** Where the dated API has what v3 and v4 have (developers.hubspot.com, changelog: date-based versioning). */
const dated = [
  [/^\/crm\/v3\/(objects|pipelines|properties|owners)/, "/crm/$1/"],
  [/^\/crm\/v4\/(objects|associations)/, "/crm/$1/"],
  [/^\/files\/v3/, "/files/"],
] as const;

/** Adds the dated paths to the description: their bodies are those of v3 and v4 apart from optional fields. */
export function datedHubspotSpec(spec: unknown, apiVersion: string): unknown {
  const { paths, ...rest } = specSchema.parse(spec);
  const added = Object.entries(paths).flatMap(([path, operations]) =>
    dated
      .filter(([old]) => old.test(path))
      .map(([old, place]) => [path.replace(old, `${place}${apiVersion}`), operations]),
  );
  return { ...rest, paths: { ...paths, ...Object.fromEntries(added) } };
}
