import { readFile } from "node:fs/promises";
import type { TaskEnd } from "@countersign/service";
import { z } from "zod";
import { apply, type Applied } from "../../rehearse/apply.ts";
import { Rehearsal, type SlackRehearsal } from "../../rehearse/rehearsal.ts";
import { digestOfRules } from "../../rehearse/rules.ts";
import { countOf, toApply, type ListedContract } from "../../rehearse/to-apply.ts";
import type { Task, TaskTools } from "../task.ts";

const options = z.object({
  plan: z
    .string({ error: "must name the JSON file that rehearse has written" })
    .describe("The JSON file that rehearse has written"),
  yes: z.boolean().default(false).describe("Posts; else it only says how much that is"),
});

export const task: Task<typeof options> = {
  name: "apply",
  summary: "Says in Slack exactly what a rehearsal showed, each thing once",
  options,
  async run({ plan, yes }, tools) {
    const rehearsal = await readRehearsal(plan);
    if (rehearsal === null) {
      const text = `${plan} cannot be read, or is no rehearsal. Make one: rehearse --out.`;
      return { is: "refused", text, data: { code: "plan" } };
    }
    const contracts = rehearsal.slack === null ? [] : toApply(rehearsal.slack);
    if (rehearsal.slack === null || contracts.length === 0) {
      return { is: "done", text: "", data: { done: yes, messages: 0, edits: 0 } };
    }
    const fault = await faultOf(rehearsal.slack, rehearsal.config, tools);
    if (fault !== null) return fault;
    if (yes) return perform(contracts, tools);
    const counts = countOf(contracts, tools.now());
    const text = `${counts.messages} messages would be posted and ${counts.edits} cards edited, for ${contracts.length} contracts.`;
    return { is: "done", text, data: { done: false, ...counts } };
  },
};

async function readRehearsal(file: string): Promise<Rehearsal | null> {
  try {
    return Rehearsal.safeParse(JSON.parse(await readFile(file, "utf8"))).data ?? null;
  } catch {
    return null;
  }
}

/** The next look at a contract goes by the countersign.yaml in force, so only that one may be applied. */
async function faultOf(
  { digest }: SlackRehearsal,
  config: string,
  tools: TaskTools,
): Promise<TaskEnd | null> {
  const rules = await tools.rules();
  if (rules !== null && digestOfRules(rules) === digest) return null;
  const text = `What countersign.yaml in force says of Slack is not what was rehearsed (${config}). Put that one in force first, or rehearse the one in force.`;
  return { is: "refused", text, data: { code: "another-config" } };
}

async function perform(contracts: readonly ListedContract[], tools: TaskTools): Promise<TaskEnd> {
  const given = { ...(await tools.slack()), sleep: tools.sleep };
  const ends: Ended[] = [];
  for await (const ended of apply(given, contracts)) {
    ends.push(ended);
    if (ends.length % 20 === 0) tools.tell(`slack: ${ends.length} of ${contracts.length} done`);
  }
  return reportOf(ends);
}

type Ended = { contractId: string; end: Applied };

function reportOf(ends: readonly Ended[]): TaskEnd {
  const said = ends.flatMap(({ end }) => (end.is === "said" ? [end] : []));
  const sum = (of: "messages" | "edits" | "putOff" | "summedUp") =>
    said.reduce((total, one) => total + one[of], 0);
  const counts = { messages: sum("messages"), edits: sum("edits") };
  const later = { putOff: sum("putOff"), summedUp: sum("summedUp") };
  const refused = ends.flatMap(refusalsOf);
  const lines = [
    `Slack: ${counts.messages} messages posted, ${counts.edits} cards edited, ${refused.length} refused.`,
    ...(later.putOff > 0 ? [`${later.putOff} wait for somebody's quiet hours or snooze.`] : []),
    ...(later.summedUp > 0
      ? [`${later.summedUp} were too much for their channel, which gets a sum of them.`]
      : []),
    ...refused.map(({ contractId, message }) => `${contractId}: ${message}`),
  ];
  return {
    is: refused.length > 0 ? "findings" : "done",
    text: lines.join("\n"),
    data: { done: true, ...counts, ...later, refused },
  };
}

function refusalsOf({ contractId, end }: Ended) {
  if (end.is === "refused") return [{ contractId, code: end.code, message: end.message }];
  return end.failed.map(({ channel, message }) => {
    return { contractId, code: "refused", message: `${channel}: ${message}` };
  });
}
