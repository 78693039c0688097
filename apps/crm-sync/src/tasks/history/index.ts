import { z } from "zod";
import { historyOf } from "../../history/history-of.ts";
import { historyText } from "../../history/history-text.ts";
import { readSubject, subjectOptions } from "../subject.ts";
import type { Task } from "../task.ts";

const options = z.object(subjectOptions);

export const task: Task<typeof options> = {
  name: "history",
  summary: "Shows what was written to a CRM, with old and new value, rule, event, time and outcome",
  options,
  async run(given, tools) {
    const subject = readSubject(given);
    if ("is" in subject) return subject;
    const entries = await historyOf(await tools.store(), subject);
    return { is: "done", text: historyText(entries), data: { entries } };
  },
};
