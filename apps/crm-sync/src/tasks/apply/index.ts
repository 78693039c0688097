import { readFile } from "node:fs/promises";
import { z } from "zod";
import { apply } from "../../rehearse/apply.ts";
import { digestOfMapping, Rehearsal } from "../../rehearse/rehearsal.ts";
import type { Task, TaskResult, TaskTools } from "../task.ts";

const options = z.object({
  plan: z
    .string({ error: "must name the JSON file that rehearse has written" })
    .describe("The JSON file that rehearse has written"),
  yes: z.boolean().default(false).describe("Writes; else it only says how much that is"),
});

export const task: Task<typeof options> = {
  name: "apply",
  summary:
    "Performs exactly what a rehearsal showed; what has changed since is refused, record by record",
  options,
  async run({ plan, yes }, tools) {
    const rehearsal = await readRehearsal(plan);
    if (rehearsal === null) {
      return refused(
        "plan",
        `${plan} cannot be read, or is no rehearsal. Make one: rehearse --out.`,
      );
    }
    const fault = faultOf(rehearsal, tools);
    if (fault !== null) return fault;
    if (!yes) {
      const count = rehearsal.crms.reduce((sum, { writes }) => sum + writes.length, 0);
      const text = `${count} records would be written. Add --yes to do it.`;
      const hasCrm = rehearsal.crms.length > 0;
      return { is: "done", text: hasCrm ? text : "", data: { done: false, records: count } };
    }
    return perform(rehearsal, tools);
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
function faultOf({ crms, config }: Rehearsal, tools: TaskTools): TaskResult | null {
  const inForce = tools.anyCrms();
  for (const { crm, digest } of crms) {
    const same = inForce.find(({ id }) => id === crm);
    if (same !== undefined && digestOfMapping(same) === digest) continue;
    return refused(
      "another-config",
      `The mapping of ${crm} in force is not the one that was rehearsed (${config}). Put that one in force first, or rehearse the one in force.`,
    );
  }
  return null;
}

async function perform(rehearsal: Rehearsal, tools: TaskTools): Promise<TaskResult> {
  const store = await tools.store();
  const all: Awaited<ReturnType<typeof apply>> = [];
  for (const crm of tools.anyCrms()) {
    const planned = rehearsal.crms.find((one) => one.crm === crm.id);
    if (planned === undefined) continue;
    all.push(...(await apply(store, crm, planned, rehearsal)));
    tools.tell(`${crm.id}: ${planned.writes.length} records done`);
  }
  const count = (is: string) => all.filter(({ end }) => end.is === is).length;
  const refusals = all.flatMap(({ write, end }) =>
    end.is === "refused" ? [{ ...end, contractId: write.contractId, ...write.target }] : [],
  );
  const lines = [
    `${count("written")} records written, ${count("there")} were so already, ${refusals.length} refused.`,
    ...refusals.map(
      ({ on, recordId, contractId, message }) => `${on} ${recordId} for ${contractId}: ${message}`,
    ),
  ];
  return {
    is: refusals.length > 0 ? "findings" : "done",
    text: rehearsal.crms.length > 0 ? lines.join("\n") : "",
    data: { done: true, written: count("written"), there: count("there"), refused: refusals },
  };
}

function refused(code: string, text: string): TaskResult {
  return { is: "refused", text, data: { code } };
}
