import { expect, it } from "vitest";
import { judgeDoubt, planFieldWrite } from "./plan-field-write.ts";

const name = "hubspot_deal_id";
const full = "There is no room.";

it.each<[string, Partial<Parameters<typeof planFieldWrite>[0]>, object]>([
  ["nothing stands there", {}, { do: "write", from: null, to: "1" }],
  ["ours stands there", { present: "9", ours: "9" }, { do: "write", from: "9", to: "1" }],
  [
    "ours is to go",
    { wanted: null, present: "9", ours: "9" },
    { do: "write", from: "9", to: null },
  ],
  ["somebody took ours away", { ours: "9" }, { do: "write", from: null, to: "1" }],
  ["it is there", { present: "1" }, { do: "leave", code: "already-there" }],
  ["it is gone", { wanted: null, ours: "9" }, { do: "leave", code: "already-there" }],
  ["a person's stands there", { present: "2" }, { do: "leave", code: "other-value" }],
  [
    "a person's took ours' place",
    { present: "2", ours: "9" },
    { do: "leave", code: "other-value" },
  ],
  [
    "ours is to go, and a person's took its place",
    { wanted: null, present: "2", ours: "9" },
    { do: "leave", code: "other-value" },
  ],
  [
    "there is no place for it",
    { obstacle: full },
    { do: "leave", code: "no-place", message: full },
  ],
  [
    "it is there where no other could be",
    { present: "1", obstacle: full },
    { code: "already-there" },
  ],
])("where %s", (_what, now, plan) => {
  const usual = { name, wanted: "1", ours: null, present: null, obstacle: null };
  expect(planFieldWrite({ ...usual, ...now })).toMatchObject(plan);
});

it("says what stands there, and of a long text only the beginning", () => {
  const present = "x".repeat(500);
  const plan = planFieldWrite({ name, wanted: "1", ours: null, present, obstacle: null });
  expect(plan).toMatchObject({
    message: expect.stringMatching(/"hubspot_deal_id" is "x{60}" there/),
  });
});

it.each<[string | null, string | null, string | null, string]>([
  [null, "1", "1", "done"],
  [null, "1", null, "free"],
  ["9", "1", "9", "free"],
  ["9", "1", null, "free"],
  ["9", "1", "2", "left"],
  ["9", null, null, "done"],
  ["9", null, "9", "free"],
  [null, "1", "2", "left"],
])("from %j to %j, where %j stands, is %s", (from, to, present, end) => {
  expect(judgeDoubt({ from, to }, present)).toBe(end);
});
