import type { Database } from "./database.ts";
import { gather, type Gathered, type GatherOptions } from "./gather.ts";

/** `gather` with a gathering for each database: what goes to one is never mixed with what goes to another. */
export function gatherOn<Item, Result>(
  together: (database: Database, items: Item[]) => Promise<PromiseSettledResult<Result>[]>,
  options: GatherOptions<Item>,
): (database: Database, item: Item) => Promise<Result> {
  const gatherings = new WeakMap<Database, Gathered<Item, Result>>();
  return (database, item) => {
    const known = gatherings.get(database);
    if (known !== undefined) return known(item);
    const gathering = gather((items: Item[]) => together(database, items), options);
    gatherings.set(database, gathering);
    return gathering(item);
  };
}

/** The results of a group in which nothing fails alone. */
export function fulfilled<Result>(values: readonly Result[]): PromiseSettledResult<Result>[] {
  return values.map((value) => ({ status: "fulfilled", value }));
}
