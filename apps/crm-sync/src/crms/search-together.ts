import { gather, type Gathered, type GatherOptions } from "@countersign/store";
import { eachByItself } from "./each-by-itself.ts";

/** How a CRM looks for the records that have one of several values. */
export type Searching<Row> = {
  search: (values: string[]) => Promise<Row[]>;
  has: (row: Row, value: string) => boolean;
  /** What a refusal says that is about no single value. */
  meansAll: readonly string[];
};

/**
 * Looks in one search for what many contracts name at the same time. One that is refused goes again in halves, so that a
 * value that the CRM does not take is refused by itself.
 */
export function searchTogether<Row>(
  { search, has, meansAll }: Searching<Row>,
  options: Pick<GatherOptions<string>, "largest" | "weight">,
): Gathered<string, Row[]> {
  const rowsOf = (value: string, rows: Row[]) => rows.filter((row) => has(row, value));
  const sending = {
    one: async (value: string) => rowsOf(value, await search([value])),
    async many(values: string[]) {
      const rows = await search(values);
      return new Map(
        values.map((value) => [
          value,
          { status: "fulfilled", value: rowsOf(value, rows) } as const,
        ]),
      );
    },
    meansAll: ({ code }: { code: string }) => meansAll.includes(code),
  };
  return gather(
    async (values) => {
      const ends = await eachByItself([...new Set(values)], sending);
      return values.map((value) => ends.get(value) ?? notAnswered);
    },
    { atOnce: 1, ...options },
  );
}

const notAnswered: PromiseRejectedResult = {
  status: "rejected",
  reason: new Error("A value of a group was not answered for."),
};
