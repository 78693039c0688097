import { CredentialError, RetryLater } from "@countersign/store";
import { z } from "zod";
import type { Crm } from "../../crms/crm.ts";
import { holdsBack, judgeQuota, stopsEverything, type Fault } from "../../crms/fault.ts";
import { chooseCrms } from "../task-options.ts";
import type { Task } from "../task.ts";
import { printFindings, type Findings } from "./print-findings.ts";

const options = z.object({
  crm: z.string().optional().describe("Only this CRM, such as hubspot"),
  config: z.string().optional().describe("A file instead of countersign.yaml"),
});

export const task: Task<typeof options> = {
  name: "doctor",
  summary: "Holds countersign.yaml against the live CRMs; changes nothing",
  options,
  async run({ crm: only, config }, { crms, tell }) {
    const chosen = chooseCrms({ crms: () => crms(config) }, only);
    if (chosen.is === "refused") return chosen;
    const findings: Findings[] = [];
    for (const crm of chosen.crms) {
      tell(`asking ${crm.id}`);
      findings.push({ crm: crm.id, faults: await examine(crm), quota: crm.quota() });
    }
    const blocking = findings.some(({ faults }) => faults.some(holdsBack));
    return { is: blocking ? "findings" : "done", text: printFindings(findings), data: findings };
  },
};

async function examine(crm: Crm): Promise<Fault[]> {
  try {
    return await crm.check();
  } catch (error) {
    if (error instanceof CredentialError) return [refused(crm, error)];
    const spent =
      error instanceof RetryLater ? judgeQuota(crm.id, crm.quota(), crm.quotaShare) : [];
    if (spent.length > 0) return spent;
    if (!(error instanceof Error)) throw error;
    return [unreachable(crm, error)];
  }
}

function refused({ id }: Crm, { code, message }: CredentialError): Fault {
  return {
    code,
    place: `the credentials of ${id}`,
    message,
    fix: "Set them anew, and start crm-sync again.",
    stops: stopsEverything,
  };
}

function unreachable({ id }: Crm, { message }: Error): Fault {
  return {
    code: "unreachable",
    place: id,
    message,
    fix: "Look whether its address is right and the network lets us through, and ask again.",
    stops: stopsEverything,
  };
}
