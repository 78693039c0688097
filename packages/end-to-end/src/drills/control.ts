import type { Fault, SlackFault } from "@countersign/sandbox";
import { expect } from "vitest";
import type { CrmId } from "../sandbox-state.ts";
import type { Stack } from "../stack.ts";

type Setting =
  | { system: "slack"; fault: SlackFault | null }
  | { system: "hubspot" | "salesforce"; fault: Fault | null };

/** What the next calls to a system outside meet; null lifts everything that was set. */
export async function setFault(stack: Stack, setting: Setting): Promise<void> {
  await tell(stack, "faults", setting);
}

/** The faults that no call has met yet. */
export async function readFaults(stack: Stack): Promise<Faults> {
  const response = await fetch(`${controlOf(stack)}/faults`);
  const faults: Faults = JSON.parse(await response.text());
  return faults;
}

type Faults = { slack: SlackFault[]; hubspot: Fault[]; salesforce: Fault[] };

/** Every system outside behaves again. */
export async function liftFaults(stack: Stack): Promise<void> {
  for (const system of ["slack", "hubspot", "salesforce"] as const) {
    await setFault(stack, { system, fault: null });
  }
}

/** New open deals in the CRM's fake; their ids. */
export async function addDeals(stack: Stack, crm: CrmId, count: number): Promise<string[]> {
  const { ids }: { ids: string[] } = JSON.parse(await tell(stack, `deals/${crm}`, { count }));
  return ids;
}

/** `null`: the deal can be written again. */
export async function setDealFault(
  stack: Stack,
  crm: CrmId,
  id: string,
  fault: "refused" | "locked" | null,
): Promise<void> {
  await tell(stack, `deals/${crm}/${id}/fault`, { fault });
}

async function tell(stack: Stack, what: string, body: object): Promise<string> {
  const response = await fetch(`${controlOf(stack)}/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, text).toBe(true);
  return text;
}

function controlOf({ ports }: Stack): string {
  return `http://127.0.0.1:${ports.sandbox}/control`;
}
