import { expect, it } from "vitest";
import { remember } from "./remember.ts";

it("loads once for all who ask, and anew when the time is over or a load has failed", async () => {
  let now = new Date("2026-11-23T10:00:00Z");
  const results: (string | Error)[] = ["first", new Error("down"), "second"];
  const read = remember(
    async () => {
      const result = results.shift();
      if (typeof result === "string") return result;
      throw result;
    },
    60,
    () => now,
  );
  expect(await Promise.all([read(), read()])).toEqual(["first", "first"]);
  now = new Date("2026-11-23T10:00:59Z");
  expect(await read()).toBe("first");
  now = new Date("2026-11-23T10:01:00Z");
  await expect(read()).rejects.toThrow("down");
  expect(await read()).toBe("second");
});
