import { expect, it } from "vitest";
import { rareLines } from "./rare-lines.ts";

it("says the same line again only after a while, and others at once", () => {
  const said: string[] = [];
  let now = 0;
  const say = rareLines(
    (line) => said.push(line),
    1000,
    () => now,
  );
  say("a");
  now = 999;
  say("a");
  say("b");
  now = 1000;
  say("a");
  expect(said).toEqual(["a", "b", "a"]);
});
