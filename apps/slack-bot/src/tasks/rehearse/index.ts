import { rehearsalOptions, rehearsedFrom } from "@countersign/service";
import { rehearsalPart } from "../../rehearse/rehearsal-part.ts";
import { rehearsalText } from "../../rehearse/rehearsal-text.ts";
import { differs, type Rehearsal } from "../../rehearse/rehearsal.ts";
import { rehearse } from "../../rehearse/rehearse.ts";
import type { Task } from "../task.ts";

export const task: Task<typeof rehearsalOptions> = {
  name: "rehearse",
  summary: "Shows what a changed countersign.yaml would say in Slack, and says nothing there",
  options: rehearsalOptions,
  async run({ config, since }, tools) {
    const from = rehearsedFrom(since, tools.now());
    if (from.is === "refused") return from;
    const rules = { present: await tools.rules(), changed: await tools.rules(config) };
    const said = { format: 1, config, since: from.at.toISOString() } as const;
    if (rules.present === null && rules.changed === null) {
      return { is: "done", text: "", data: { ...said, slack: null } };
    }
    const slack = await rehearse(await tools.store(), rules, from.at, {
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
