import { PermanentError, RetryLater } from "@countersign/store";
import { expect, it } from "vitest";
import { eachByItself, RecordLocked } from "./each-by-itself.ts";

const refused = new PermanentError("bad-value", "That cannot be.");
const locked = new RecordLocked(5);
const noSuchField = new PermanentError("no-such-field", "There is no such field.");

/** Something that refuses a whole call where one item is bad, or is locked, and says nothing of one that is lost. */
function aSender(whole: Error | null = null) {
  const calls: string[] = [];
  const judge = (items: string[]) => {
    calls.push(items.join(""));
    if (whole !== null) throw whole;
    if (items.includes("x")) throw refused;
    if (items.includes("o")) throw locked;
  };
  const sending = {
    async one(item: string) {
      judge([item]);
      return item.toUpperCase();
    },
    async many(items: string[]) {
      judge(items);
      const answered = items.filter((item) => item !== "l");
      return new Map(
        answered.map((item) => [item, { status: "fulfilled", value: item.toUpperCase() } as const]),
      );
    },
    meansAll: ({ code }: PermanentError) => code === "no-such-field",
  };
  return { calls, sending };
}

async function send(items: string, whole: Error | null = null) {
  const { calls, sending } = aSender(whole);
  const ends = await eachByItself(items.split(""), sending);
  const shown = items.split("").map((item) => {
    const end = ends.get(item);
    return end?.status === "rejected" ? end.reason : end?.value;
  });
  return { calls, ends: shown };
}

it.each<[string, unknown[], string[]]>([
  ["", [], []],
  ["a", ["A"], ["a"]],
  ["abcd", ["A", "B", "C", "D"], ["abcd"]],
  ["x", [refused], ["x"]],
  ["abcx", ["A", "B", "C", refused], ["abcx", "ab", "cx", "c", "x"]],
  ["aboc", ["A", "B", locked, "C"], ["aboc", "ab", "oc", "o", "c"]],
  ["alb", ["A", "L", "B"], ["alb", "l"]],
])("%j ends as %j", async (items, ends, calls) => {
  expect(await send(items)).toEqual({ calls, ends });
});

it.each([new RetryLater(5), new Error("No answer"), noSuchField])(
  "%s is everybody's, and not asked about again",
  async (error) => {
    expect(await send("abcd", error)).toEqual({
      calls: ["abcd"],
      ends: [error, error, error, error],
    });
  },
);
