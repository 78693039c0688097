import { readSince } from "@countersign/service";
import { z } from "zod";
import { rehearsalPart } from "../../rehearse/rehearsal-part.ts";
import { rehearsalText } from "../../rehearse/rehearsal-text.ts";
import { differs, type Rehearsal } from "../../rehearse/rehearsal.ts";
import { rehearse } from "../../rehearse/rehearse.ts";
import type { Task } from "../task.ts";

const options = z.object({
  config: z
    .string({ error: "must name the changed countersign.yaml" })
    .describe("The changed countersign.yaml"),
  since: z.string().default("30d").describe("From when on: 30d, 12h, or a date. 30d unless given"),
});

export const task: Task<typeof options> = {
  name: "rehearse",
  summary: "Shows what a changed countersign.yaml would say in Slack, and says nothing there",
  options,
  async run({ config, since: given }, tools) {
    const since = readSince(given, tools.now());
    if (since === null) {
      const text = `--since ${given} is not a time: give 30d, 12h, or a date such as 2026-11-01.`;
      return { is: "refused", text, data: { code: "since" } };
    }
    const rules = { present: await tools.rules(), changed: await tools.rules(config) };
    const said = { format: 1, config, since: since.toISOString() } as const;
    if (rules.present === null && rules.changed === null) {
      return { is: "done", text: "", data: { ...said, slack: null } };
    }
    const slack = await rehearse(await tools.store(), rules, since, {
      now: tools.now(),
      tell: (line) => tools.tell(line),
    });
    const rehearsal: Rehearsal = { ...said, slack };
    return {
      is: differs(slack) ? "findings" : "done",
      text: rehearsalText(rehearsal, slack),
      data: { ...rehearsal },
      page: rehearsalPart(slack),
    };
  },
};
