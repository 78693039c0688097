import { z } from "zod";
import type { Crm } from "../../crms/crm.ts";
import { holdsBack, type Fault } from "../../crms/fault.ts";
import type { SetupStep } from "../../crms/setup.ts";
import { printFaults } from "../doctor/print-findings.ts";
import { chooseCrms } from "../task-options.ts";
import type { Task, TaskResult, TaskTools } from "../task.ts";

const options = z.object({
  crm: z.string("must name a CRM, such as hubspot").describe("The CRM to set up, such as hubspot"),
  yes: z.boolean().default(false).describe("Does it; without, it only says what it would do"),
});

export const task: Task<typeof options> = {
  name: "setup",
  summary: "Makes the fields that countersign.yaml names in a CRM, and grants access to them",
  options,
  async run({ crm: name, yes }, tools) {
    const chosen = chooseCrms(tools, name);
    if (chosen.is === "refused") return chosen;
    const [crm] = chosen.crms;
    if (crm === undefined) throw new Error("No CRM was chosen.");
    const { steps, faults } = await crm.setup();
    const says = steps.map((step) => step.says);
    if (steps.length > 0 && !yes) return proposal(crm, says, faults);
    const made = await makeAll(steps, tools);
    const left = [...faults, ...(made.failure === null ? await crm.check() : [])];
    return conclusion(crm, says, made, left);
  },
};

function proposal(crm: Crm, says: string[], faults: Fault[]): TaskResult {
  const text = [
    `${crm.id}: this would`,
    ...says.map((line) => `  ${line}`),
    ...printFaults(faults),
    "",
    "Nothing was changed. Add --yes to do it.",
  ].join("\n");
  return { is: "done", text, data: { crm: crm.id, steps: says, made: 0, faults } };
}

type Made = { count: number; failure: string | null };

/** Stops at the first step that fails: what comes later may rest on it. */
async function makeAll(steps: readonly SetupStep[], { tell }: TaskTools): Promise<Made> {
  let count = 0;
  for (const step of steps) {
    tell(step.says);
    try {
      await step.make();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { count, failure: `It could not ${step.says}: ${error.message}` };
    }
    count += 1;
  }
  return { count, failure: null };
}

function conclusion(crm: Crm, says: string[], made: Made, faults: Fault[]): TaskResult {
  const { count, failure } = made;
  const done =
    says.length === 0
      ? "nothing was missing, and nothing was changed."
      : `${count} of ${says.length} done.`;
  const again =
    failure === null ? [] : ["", failure, "Mend that and set up again: what is done stays."];
  const blocking = faults.some(holdsBack);
  return {
    is: failure !== null || blocking ? "findings" : "done",
    text: [`${crm.id}: ${done}`, ...again, ...printFaults(faults)].join("\n"),
    data: { crm: crm.id, steps: says, made: count, failure, faults },
  };
}
