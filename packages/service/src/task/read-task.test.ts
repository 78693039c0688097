import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readTask } from "./read-task.ts";
import type { RunnableTask } from "./task-end.ts";

const resync: RunnableTask<null> = {
  name: "resync",
  summary: "Looks again",
  options: z.object({
    group: z.string().optional().describe("Those of this group"),
    rate: z.coerce.number().int("must be a whole number").default(10).describe("A second"),
    yes: z.boolean().default(false).describe("Does it"),
  }),
  run: () => Promise.resolve({ is: "done", text: "", data: null }),
};
const read = (...typed: string[]) => readTask([resync], typed);

describe("readTask", () => {
  it("reads text, numbers and switches, and fills in what is not given", () => {
    expect(read("resync", "--rate=5", "--group", "no-link")).toMatchObject({
      is: "task",
      options: { rate: 5, group: "no-link", yes: false },
    });
    expect(read("resync", "--yes")).toMatchObject({ options: { rate: 10, yes: true } });
  });

  it.each([
    [["redo"], /no task "redo".*\n {2}resync {2}Looks again/],
    [[], /no task ""/],
    [["resync", "--rates=5"], /--rates/],
    [["resync", "--rate=1.5"], /^--rate: must be a whole number\.$/],
    [["resync", "all"], /all/],
  ])("says what is wrong with %j", (typed, said) => {
    expect(read(...typed)).toMatchObject({
      is: "report",
      report: { is: "usage", text: expect.stringMatching(said) },
    });
  });

  it("describes a task's options", () => {
    expect(read("resync", "--describe")).toMatchObject({
      report: {
        is: "done",
        data: {
          summary: "Looks again",
          options: [
            { name: "group", type: "string", help: "Those of this group" },
            { name: "rate", type: "string", help: "A second" },
            { name: "yes", type: "boolean", help: "Does it" },
          ],
        },
      },
    });
  });
});
