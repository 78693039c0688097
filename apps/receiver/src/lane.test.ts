import type { Answer } from "@countersign/core";
import type { PauseChange } from "@countersign/store";
import { beforeEach, expect, it } from "vitest";
import { createLane } from "./lane.ts";

let seconds = 0;
let said: PauseChange[] = [];
beforeEach(() => {
  seconds = 0;
  said = [];
});

const openLane = () =>
  createLane({
    now: () => new Date(seconds * 1_000),
    onPause: (change) => said.push(change),
    atOnce: 2,
  });
const answers = (answer: Answer<string>) => () => Promise.resolve(answer);
const yes = answers({ outcome: "ok", value: "yes" });
const unauthorized = answers({ outcome: "unauthorized", message: "Who are you?" });
const unasked = () => Promise.reject(new Error("not to be asked"));

it.each<Answer<string>>([
  { outcome: "ok", value: "yes" },
  { outcome: "missing" },
  { outcome: "later", seconds: 7 },
  { outcome: "refused", code: "x", message: "no" },
])("hands on %o", async (answer) => {
  expect(await openLane()(answers(answer))).toEqual(answer);
  expect(said).toEqual([]);
});

it("asks nothing for a while after our credentials were refused, and says so once", async () => {
  const lane = openLane();
  expect(await lane(unauthorized)).toEqual({ outcome: "later", seconds: 30 });
  seconds = 29;
  expect(await lane(unasked)).toEqual({ outcome: "later", seconds: 1 });
  seconds = 30;
  expect(await lane(unauthorized)).toEqual({ outcome: "later", seconds: 30 });
  seconds = 60;
  expect(await lane(yes)).toMatchObject({ outcome: "ok" });
  expect(said).toEqual([
    { paused: true, code: "unauthorized", message: "Who are you?" },
    { paused: false },
  ]);
});

it("sends away, one behind the other, who come while as many questions as it takes are under way", async () => {
  const lane = openLane();
  const { promise: hangs, reject } = Promise.withResolvers<Answer<string>>();
  const two = [lane(() => hangs), lane(() => hangs)];
  const sentAway = await Promise.all(Array.from({ length: 9 }, () => lane(unasked)));
  expect(sentAway).toEqual(
    [5, 6, 6, 6, 6, 7, 7, 7, 7].map((later) => ({ outcome: "later", seconds: later })),
  );
  seconds = 60;
  expect(await lane(unasked)).toEqual({ outcome: "later", seconds: 5 });
  reject(new Error("No answer."));
  await expect(Promise.all(two)).rejects.toThrow("No answer.");
  expect(await lane(yes)).toMatchObject({ outcome: "ok" });
});
