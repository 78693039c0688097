import { z } from "zod";
import type { FailureGroup } from "../../failures/group-failures.ts";
import { readFailures } from "../../failures/read-failures.ts";
import { atMost, chooseCrms } from "../task-options.ts";
import type { Task } from "../task.ts";

const options = z.object({
  crm: z.string().optional().describe("Only this CRM, such as hubspot"),
  group: z.string().optional().describe("Only this group, with more examples"),
  examples: atMost(1_000).default(3).describe("Contracts shown of each group"),
});

export const task: Task<typeof options> = {
  name: "errors",
  summary: "Groups the contracts that a CRM could not be brought to by cause",
  options,
  async run({ crm, group, examples }, tools) {
    const chosen = chooseCrms(tools, crm);
    if (chosen.is === "refused") return chosen;
    const shown = group === undefined ? examples : Math.max(examples, 20);
    const { groups } = await readFailures(await tools.store(), chosen.crms, shown);
    const wanted = groups.filter((one) => group === undefined || one.group === group);
    if (wanted.length > 0) return { is: "findings", text: print(wanted), data: wanted };
    const text =
      group === undefined ? "Nothing is stuck." : `There is no group ${group} (any more).`;
    return { is: group === undefined ? "done" : "refused", text, data: [] };
  },
};

function print(groups: readonly FailureGroup[]): string {
  return groups.map(printOne).join("\n\n");
}

function printOne(group: FailureGroup): string {
  const { count, message, fix, first, latest, examples } = group;
  const contracts = count === 1 ? "1 contract" : `${count} contracts`;
  const rest = count > examples.length ? [`  … and ${count - examples.length} more`] : [];
  return [
    `${group.group}  ${contracts}  (${group.class}, since ${first}, last ${latest})`,
    `  ${message}`,
    `  To do: ${fix}`,
    `  Then:  countersign resync --group ${group.group} --yes`,
    ...examples.map(({ contractId, recordId }) =>
      `  ${contractId}  ${recordId === "" ? "" : `deal ${recordId}`}`.trimEnd(),
    ),
    ...rest,
  ].join("\n");
}
