import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { tasks } from "./index.ts";

it("the list names every folder, and each task describes its options", () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(tasks.map(({ name }) => name).toSorted()).toEqual(folders.toSorted());
  for (const { options } of tasks) {
    for (const option of Object.values(options.shape)) {
      expect(option).toHaveProperty("description", expect.stringMatching(/^\p{Lu}/u));
    }
  }
});
