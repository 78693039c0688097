import { expect, it } from "vitest";
import type { Part, Said } from "./replay.ts";
import { quieten } from "./quieten.ts";

const budget = { messages: 4, minutes: 10 };
const start = Date.parse("2026-11-01T09:00:00Z");

function said(part: Part, minute: number, contractId: string, channel: string | null = "C1"): Said {
  const at = new Date(start + minute * 60_000).toISOString();
  return {
    contractId,
    version: 1,
    title: null,
    place: { workspace: "", channel, person: channel === null ? "dana@northgate.example" : null },
    part,
    key: part === "card" ? "card" : `${contractId}/${minute}`,
    covers: [],
    happenedAt: at,
    at,
    text: `${contractId} ${part} ${minute}`,
    shows: [],
    stands: false,
    settled: false,
  };
}

const summedUp = (all: readonly Said[], limits = budget) =>
  quieten(all, limits)
    .filter(({ part }) => part === "summary")
    .map(({ text }) => text);
const messages = (...minutes: number[]) => minutes.map((one) => said("message", one, "a"));

it.each<[string, Said[], string[]]>([
  ["what keeps to the budget", messages(0, 1, 2, 3, 4), []],
  ["what comes when there were too many", messages(0, 1, 2, 3, 4, 5), ["a message 5"]],
  [
    "until there were but half as many, those that were summed up counted too",
    messages(0, 1, 2, 3, 4, 5, 6, 12, 13, 16, 17),
    ["a message 5", "a message 6", "a message 12", "a message 13"],
  ],
  ["no digest", Array.from({ length: 9 }, (_, minute) => said("digest", minute, "a")), []],
  ["nothing to a person", messages(0, 1, 2, 3, 4, 5).map((one) => personal(one)), []],
  [
    "nothing of another channel",
    [...messages(0, 1, 2), ...[3, 4, 5].map((minute) => said("message", minute, "b", "C2"))],
    [],
  ],
])("sums up %s", (_what, all, expected) => {
  expect(summedUp(all)).toEqual(expected);
});

function personal(one: Said): Said {
  return { ...one, place: said("message", 0, "a", null).place };
}

it("counts a card with the first of its lines, and keeps it where all of them are too much", () => {
  const first = [said("card", 0, "a"), said("reply", 0, "a"), said("reply", 1, "a")];
  const second = [said("card", 2, "b"), said("reply", 2, "b")];
  const third = [said("card", 3, "c"), said("reply", 3, "c"), said("reply", 14, "c")];
  expect(summedUp([...first, ...second])).toEqual([]);
  expect(summedUp([...first, ...second, ...third])).toEqual(["c reply 3"]);
  expect(summedUp([...first, ...second, ...third.slice(0, 2)])).toEqual(["c card 3", "c reply 3"]);
});

it("leaves out nothing and says nothing twice", () => {
  const all = [...messages(5, 1, 3, 3, 3, 3, 3), said("card", 2, "b"), said("digest", 1, "d")];
  expect(
    quieten(all, budget)
      .map(({ text }) => text)
      .toSorted(),
  ).toEqual(all.map(({ text }) => text).toSorted());
});
