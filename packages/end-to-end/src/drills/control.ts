import type { Fault, SlackFault } from "@countersign/sandbox";
import { expect } from "vitest";
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

async function tell(stack: Stack, what: string, body: object): Promise<void> {
  const response = await fetch(`${controlOf(stack)}/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.text()).toBe(true);
}

function controlOf({ ports }: Stack): string {
  return `http://127.0.0.1:${ports.sandbox}/control`;
}
