import { sqlStateOf } from "./database.ts";

/**
 * The values themselves are at fault, so that the same again cannot help: PostgreSQL refused them or cannot
 * hold them (SQLSTATE classes 22, 23, 54), or our own code stumbled over them.
 */
export function isDataFault(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return true;
  return /^(2[23]|54)/.test(sqlStateOf(error));
}

/**
 * Does all items together; where a value is at fault, the halves by themselves, so that one bad item
 * fails alone. `together` does all or nothing. What else it throws is everybody's.
 */
export async function inHalves<Item, Result>(
  items: Item[],
  together: (items: Item[]) => Promise<Result[]>,
): Promise<PromiseSettledResult<Result>[]> {
  try {
    const results = await together(items);
    return results.map((value) => ({ status: "fulfilled", value }));
  } catch (reason) {
    if (!isDataFault(reason)) throw reason;
    if (items.length === 1) return [{ status: "rejected", reason }];
    const half = Math.ceil(items.length / 2);
    return [
      ...(await inHalves(items.slice(0, half), together)),
      ...(await inHalves(items.slice(half), together)),
    ];
  }
}
