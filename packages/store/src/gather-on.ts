import type { Database } from "./database.ts";
import { gather, type Gathered, type GatherOptions } from "./gather.ts";
import { inHalves } from "./in-halves.ts";

/**
 * Statements for one purpose that are under way at the same time, items in one, and how far apart two begin: those who
 * come alone do not wait, and at a thousand contracts a second statements of a few rows each cost a fifth of all time.
 */
const limits = { atOnce: 2, largest: 200, apart: { milliseconds: 20, eachItem: 2, beside: 100 } };

/**
 * One statement for what many ask of a database at the same time. `together` answers all items in their
 * order, with all or nothing done; an item whose values PostgreSQL refuses fails alone.
 */
export function gatherOn<Item, Result>(
  together: (database: Database, items: Item[]) => Promise<Result[]>,
  options: Pick<GatherOptions<Item>, "apart"> = {},
): (database: Database, item: Item) => Promise<Result> {
  const gatherings = new WeakMap<Database, Gathered<Item, Result>>();
  const gatheringOn = (database: Database) => {
    const known = gatherings.get(database);
    if (known !== undefined) return known;
    const onDatabase = (items: Item[]) => together(database, items);
    const gathering = gather((items: Item[]) => inHalves(items, onDatabase), {
      ...limits,
      ...options,
    });
    gatherings.set(database, gathering);
    return gathering;
  };
  return (database, item) => gatheringOn(database)(item);
}

/** For what a look leaves behind and no call waits for: groups begin so many milliseconds apart. */
export const leftBehind = { apart: { milliseconds: 25, beside: 100 } };
