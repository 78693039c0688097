import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { createCrowd } from "./crowd.ts";

/** A crowd with a room for three, and who has been let go so far. */
function aRoom() {
  const crowd = createCrowd();
  const enter = crowd.room(3);
  const gone: string[] = [];
  return {
    gone,
    join: crowd.join,
    enter: (name: string) => enter(async () => void gone.push(name)),
  };
}

const turn = () => sleep(1);
const never = () => new Promise<void>(() => undefined);

it("holds up nobody who is alone, whether counted in or not", async () => {
  const { gone, join, enter } = aRoom();
  void join(() => enter("counted in"));
  await turn();
  expect(gone).toEqual(["counted in"]);
  await enter("not counted in");
  expect(gone).toHaveLength(2);
});

it("opens when it is full", async () => {
  const { gone, join, enter } = aRoom();
  for (let others = 0; others < 1_000; others += 1) void join(never);
  for (const name of ["a", "b", "c", "d"]) void join(() => enter(name));
  await turn();
  expect(gone).toEqual(["a", "b", "c"]);
});

it("opens when the last who could come has come, or has left without coming", async () => {
  const { gone, join, enter } = aRoom();
  const elsewhere = Promise.withResolvers<void>();
  for (let others = 0; others < 1_000; others += 1) void join(() => elsewhere.promise);
  void join(() => enter("a"));
  void join(() => enter("b"));
  await turn();
  expect(gone).toEqual([]);
  elsewhere.resolve();
  await turn();
  expect(gone).toEqual(["a", "b"]);
});

it("does not wait for ever for those who do not come", async () => {
  const { gone, join, enter } = aRoom();
  for (let others = 0; others < 100; others += 1) void join(never);
  await join(() => enter("a"));
  expect(gone).toEqual(["a"]);
});
