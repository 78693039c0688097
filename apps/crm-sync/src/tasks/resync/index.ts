import { setTimeout as sleep } from "node:timers/promises";
import { readContract, tryAgain, type StuckContract, type Store } from "@countersign/store";
import { z } from "zod";
import type { Crm } from "../../crms/crm.ts";
import { destinationsOf } from "../../destinations.ts";
import { groupOf } from "../../failures/group-failures.ts";
import { readFailures } from "../../failures/read-failures.ts";
import { atMost, chooseCrms } from "../task-options.ts";
import type { Task, TaskResult, TaskTools } from "../task.ts";

const options = z.object({
  crm: z.string().optional().describe("Only this CRM, such as hubspot"),
  group: z.string().optional().describe("The contracts of this group of countersign errors"),
  contract: z.string().optional().describe("This contract, stuck or not"),
  "all-failed": z.boolean().default(false).describe("Every contract that is stuck"),
  rate: atMost(1_000).default(10).describe("How many a second are tried again"),
  yes: z.boolean().default(false).describe("Does it; without, it says how many it would be"),
});

export const task: Task<typeof options> = {
  name: "resync",
  summary: "Has contracts that a CRM could not be brought to tried again",
  options,
  async run({ crm, group, contract, "all-failed": all, rate, yes }, tools) {
    const asked = [group, contract, all || undefined].filter((one) => one !== undefined);
    if (asked.length !== 1) return refused("Name one of --group, --contract and --all-failed.");
    const chosen = chooseCrms(tools, crm);
    if (chosen.is === "refused") return chosen;
    const store = await tools.store();
    const selected =
      contract === undefined
        ? await selectStuck(store, chosen.crms, group)
        : await selectContract(store, chosen.crms, contract);
    if (selected.length === 0)
      return refused("Nothing that is stuck fits. See countersign errors.");
    if (!yes) return proposal(selected, rate);
    await resync(store, selected, rate, tools);
    const text = `${count(selected)} looked at again. What still fails is in countersign errors.`;
    const { size } = contractsOf(selected);
    return { is: "done", text, data: { selected: size, resynced: size } };
  },
};

/** A contract that is to be brought to a CRM again, or what goes with its deal. */
type Selected = { destination: string; contractId: string };

async function selectStuck(
  store: Store,
  crms: readonly Crm[],
  group: string | undefined,
): Promise<Selected[]> {
  const { stuck } = await readFailures(store, crms, 0);
  return stuck
    .filter((one: StuckContract) => group === undefined || groupOf(one) === group)
    .map(({ destination, contractId }) => ({ destination, contractId }));
}

async function selectContract(
  store: Store,
  crms: readonly Crm[],
  contractId: string,
): Promise<Selected[]> {
  if ((await readContract(store.database, contractId)) === null) return [];
  return crms.flatMap(destinationsOf).map((destination) => ({ destination, contractId }));
}

/** A slice a second, so that the CRM and the queue have room for what happens now. */
async function resync(
  store: Store,
  selected: readonly Selected[],
  rate: number,
  { tell }: TaskTools,
): Promise<void> {
  for (let from = 0; from < selected.length; from += rate) {
    if (from > 0) await sleep(1_000);
    const slice = selected.slice(from, from + rate);
    for (const [destination, some] of Map.groupBy(slice, (one) => one.destination)) {
      await tryAgain(
        store,
        destination,
        some.map(({ contractId }) => contractId),
      );
    }
    tell(`${from + slice.length} of ${selected.length}`);
  }
}

function proposal(selected: readonly Selected[], rate: number): TaskResult {
  const seconds = Math.ceil(selected.length / rate);
  const text = `${count(selected)} would be looked at again, ${rate} a second: about ${seconds} s. Add --yes to do it.`;
  return { is: "done", text, data: { selected: contractsOf(selected).size, resynced: 0 } };
}

function count(selected: readonly Selected[]): string {
  const { size } = contractsOf(selected);
  return size === 1 ? "1 contract" : `${size} contracts`;
}

function contractsOf(selected: readonly Selected[]): Set<string> {
  return new Set(selected.map(({ contractId }) => contractId));
}

function refused(text: string): TaskResult {
  return { is: "refused", text, data: null };
}
