import { describe, expect, test } from "vitest";
import { calm, emptyLine, giveUp, plan, release } from "./chaos.ts";
import type { Chaos, Line, Plan } from "./chaos.ts";
import type { Letter } from "./webhook.ts";

/** `letters("c1", "a b")` are two webhooks of contract c1. */
function letters(contractId: string, names: string): Letter[] {
  return names.split(" ").map((what) => ({
    contractId,
    providerId: "docusign",
    title: "Order form",
    what,
    body: Buffer.from(what),
    attempt: 0,
    marks: [],
  }));
}

/** Plans one step after the other. */
function run(chaos: Partial<Chaos>, steps: Letter[][]): { plans: Plan[]; line: Line } {
  const plans: Plan[] = [];
  let line = emptyLine;
  for (const step of steps) {
    const next = plan(line, step, { ...calm, ...chaos });
    plans.push(next);
    line = next.line;
  }
  return { plans, line };
}

const names = (sent: readonly Letter[]) => sent.map(({ what }) => what).join(" ");
const steps = [letters("c1", "a b"), letters("c1", "c"), letters("c1", "d e")];

describe("what leaves after each of a contract's steps: a b, then c, then d e", () => {
  test.each<[string, Partial<Chaos>, string[], string]>([
    ["calm", {}, ["a b", "c", "d e"], ""],
    ["twice", { duplicate: true }, ["a a b b", "c c", "d d e e"], ""],
    ["repeated", { retry: true }, ["a a b b", "c c", "d d e e"], ""],
    ["twice and repeated", { duplicate: true, retry: true }, ["a a a b b b", "c c c"], ""],
    ["late", { delay: 5 }, ["a b", "c", "d e"], ""],
    ["every second lost", { drop: 2 }, ["a", "c", "e"], "b d"],
    ["every third lost", { drop: 3 }, ["a b", "", "d e"], "c"],
    ["all lost", { drop: 1 }, ["", "", ""], "a b c d e"],
    ["out of order", { reorder: true }, ["", "c b a", ""], ""],
    ["out of order, twice", { reorder: true, duplicate: true }, ["", "c c b b a a"], ""],
    ["out of order, one lost", { reorder: true, drop: 2 }, ["", "c a", ""], "b d"],
    ["held back", { burst: true }, ["", "", ""], ""],
  ])("%s", (_name, chaos, expected, lost) => {
    const { plans } = run(chaos, steps.slice(0, expected.length));
    expect(plans.map(({ send }) => names(send))).toEqual(expected);
    expect(names(plans.flatMap((each) => each.lost))).toBe(lost);
    expect(plans.flatMap(({ atOnce }) => atOnce)).toEqual([]);
  });
});

test.each<[string, Partial<Chaos>, Letter["marks"][]]>([
  ["calm", {}, [[]]],
  ["late, twice", { delay: 5, duplicate: true }, [["delayed"], ["delayed", "duplicate"]]],
  ["repeated", { retry: true }, [[], ["repeated"]]],
])("%s is marked", (_name, chaos, marks) => {
  const { plans } = run(chaos, [letters("c1", "a")]);
  expect(plans[0]?.send.map((letter) => letter.marks)).toEqual(marks);
});

test("a repetition is one to the vendor too", () => {
  const { plans } = run({ retry: true }, [letters("c1", "a")]);
  expect(plans[0]?.send.map(({ attempt }) => attempt)).toEqual([0, 1]);
});

test("one contract's step does not overtake another's", () => {
  const { plans, line } = run({ reorder: true }, [
    letters("c1", "a"),
    letters("c2", "x"),
    letters("c1", "b"),
  ]);
  expect(plans.map(({ send }) => names(send))).toEqual(["", "", "b a"]);
  expect(names(line.waiting)).toBe("x");
});

describe("what leaves when the chaos changes", () => {
  const heldBack = run({ burst: true }, steps).line;
  const waiting = run({ reorder: true }, [letters("c1", "a b")]).line;

  test.each<[string, Line, Chaos, string, string, string]>([
    ["no longer held back", heldBack, calm, "", "a b c d e", ""],
    ["still held back", heldBack, { ...calm, burst: true, drop: 2 }, "", "", "a b c d e"],
    ["no longer out of order", waiting, calm, "b a", "", ""],
    ["still out of order", waiting, { ...calm, reorder: true }, "", "", "b a"],
    ["held back instead", waiting, { ...calm, burst: true }, "", "", "b a"],
  ])("%s", (_name, line, chaos, send, atOnce, left) => {
    const released = release(line, chaos);
    expect(names(released.send)).toBe(send);
    expect(names(released.atOnce)).toBe(atOnce);
    expect(names([...released.line.waiting, ...released.line.held])).toBe(left);
    expect(released.lost).toEqual([]);
  });
});

test("what is never overtaken leaves alone", () => {
  const chaos = { ...calm, reorder: true };
  const first = plan(emptyLine, letters("c1", "a b"), chaos);
  const second = plan(first.line, letters("c2", "x"), chaos);
  const late = giveUp(second.line, first.line.waiting, chaos);
  expect(names(late.send)).toBe("b a");
  expect(names(late.line.waiting)).toBe("x");
  expect(giveUp(late.line, first.line.waiting, chaos).send).toEqual([]);
});
