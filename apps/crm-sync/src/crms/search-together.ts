import { gather, type Gathered, type GatherOptions } from "@countersign/store";
import { eachByItself, type Ends } from "./each-by-itself.ts";

/** What a search found; there is more of it where it is not `complete`. */
export type Found<Row> = { rows: Row[]; complete: boolean };

/** How a CRM looks for the records that have one of several values. */
export type Searching<Row> = {
  search: (values: string[]) => Promise<Found<Row>>;
  has: (row: Row, value: string) => boolean;
  /** What a refusal says that is about no single value. */
  meansAll: readonly string[];
};

/**
 * Looks in one search for what many contracts name at the same time. One that is refused, or finds more than it gives, goes
 * again in halves: a value that the CRM does not take, or that too many records have, is nobody else's trouble.
 */
export function searchTogether<Row>(
  { search, has, meansAll }: Searching<Row>,
  options: Pick<GatherOptions<string>, "largest" | "weight">,
): Gathered<string, Found<Row>> {
  const partOf = (value: string, { rows, complete }: Found<Row>) => ({
    rows: rows.filter((row) => has(row, value)),
    complete,
  });

  async function searchMany(values: string[]): Promise<Ends<string, Found<Row>>> {
    const found = await search(values);
    if (!found.complete) {
      const middle = Math.ceil(values.length / 2);
      const first = await searchEach(values.slice(0, middle));
      return new Map([...first, ...(await searchEach(values.slice(middle)))]);
    }
    return new Map(
      values.map((value) => [value, { status: "fulfilled", value: partOf(value, found) }]),
    );
  }

  function searchEach(values: string[]): Promise<Ends<string, Found<Row>>> {
    return eachByItself(values, {
      one: async (value) => partOf(value, await search([value])),
      many: searchMany,
      meansAll: ({ code }) => meansAll.includes(code),
    });
  }

  return gather(
    async (values) => {
      const ends = await searchEach([...new Set(values)]);
      return values.map((value) => ends.get(value) ?? notAnswered);
    },
    { atOnce: 1, ...options },
  );
}

const notAnswered: PromiseRejectedResult = {
  status: "rejected",
  reason: new Error("A value of a group was not answered for."),
};
