import {
  readContract,
  readLinks,
  removeLink,
  saveLink,
  wake,
  type Store,
} from "@countersign/store";
import { z } from "zod";
import type { Crm } from "../../crms/crm.ts";
import { chooseCrms } from "../task-options.ts";
import type { Task, TaskResult } from "../task.ts";

const options = z.object({
  contract: z.string("must name a contract").describe("The contract, as <source>/<provider's id>"),
  crm: z.string("must name a CRM").describe("The CRM, such as hubspot"),
  deal: z.string().optional().describe("The deal's id there"),
  remove: z.boolean().default(false).describe("Takes the link away, and keeps it away"),
  by: z.string().default("the command line").describe("Who chose, for whoever asks why"),
});

export const task: Task<typeof options> = {
  name: "link",
  summary: "Ties a contract to a deal, or unties it; what the choice teaches is used at once",
  options,
  async run({ contract: contractId, crm: name, deal, remove, by }, tools) {
    if (remove === (deal !== undefined)) return refused("Name a deal, or --remove, and not both.");
    const chosen = chooseCrms(tools, name);
    if (chosen.is === "refused") return chosen;
    const [crm] = chosen.crms;
    const store = await tools.store();
    const stored = await readContract(store.database, contractId);
    if (crm === undefined || stored === null) return refused(`There is no contract ${contractId}.`);
    return deal === undefined
      ? unlink(store, crm, contractId, by)
      : link(store, crm, contractId, deal, by);
  },
};

async function link(
  store: Store,
  crm: Crm,
  contractId: string,
  given: string,
  by: string,
): Promise<TaskResult> {
  if (!crm.recordIds.pattern.test(given)) {
    return refused(`"${given}" is no deal's id in ${crm.id}: it is ${crm.recordIds.looks}.`);
  }
  const deal = await crm.readDeal(crm.recordIds.whole?.(given) ?? given);
  if (deal === null)
    return refused(`There is no deal ${given} in ${crm.id}, or none that we may see.`);
  const { recordId } = deal;
  const links = await readLinks(store, contractId);
  const before = links.find(({ destination }) => destination === crm.id);
  const choice = { foundBy: "person", certainty: 1, detail: by } as const;
  await saveLink(store, { contractId, destination: crm.id, recordId, ...choice });
  await wake(store, crm.id, [contractId]);
  const instead =
    before === undefined || before.recordId === recordId ? "" : `, instead of ${before.recordId}`;
  const text = `${contractId} is tied to the deal ${recordId} in ${crm.id}${instead}. crm-sync brings it up to date.`;
  return { is: "done", text, data: { contractId, crm: crm.id, recordId } };
}

async function unlink(store: Store, crm: Crm, contractId: string, by: string): Promise<TaskResult> {
  const removed = await removeLink(store, { contractId, destination: crm.id, detail: by });
  if (!removed) return refused(`${contractId} is tied to no deal in ${crm.id}.`);
  await wake(store, crm.id, [contractId]);
  const text = `${contractId} is tied to no deal in ${crm.id} any more, and stays so until a person ties it.`;
  return { is: "done", text, data: { contractId, crm: crm.id, recordId: null } };
}

function refused(text: string): TaskResult {
  return { is: "refused", text, data: null };
}
