import type { Crm } from "../../crms/crm.ts";
import type { Fault } from "../../crms/fault.ts";
import type { Quota } from "../../crms/quota.ts";

/** What was found of one CRM. */
export type Findings = { crm: Crm["id"]; quota: Quota | null; faults: Fault[] };

/** The findings for a person, a fault in three lines: where, what, and what to do. */
export function printFindings(findings: readonly Findings[]): string {
  return findings.map(printOne).join("\n\n");
}

function printOne({ crm, quota, faults }: Findings): string {
  const left = quota === null ? "" : ` Of today's ${quota.limit} calls ${quota.left} are left.`;
  const head = faults.length === 0 ? "all is well." : `${count(faults.length)}.`;
  return [`${crm}: ${head}${left}`, ...printFaults(faults)].join("\n");
}

export function printFaults(faults: readonly Fault[]): string[] {
  return faults.flatMap(lines);
}

function lines({ code, place, message, fix, stops }: Fault): string[] {
  const held = stops.what === "nothing" ? "a warning" : `stops ${heldBack[stops.what]}`;
  return ["", `  ${place}  (${code}, ${held})`, `    ${message}`, `    To do: ${fix}`];
}

const heldBack = {
  everything: "all writes",
  stage: "moving deals there",
  record: "writing those records",
  field: "what writes that field",
} as const;

function count(faults: number): string {
  return faults === 1 ? "1 thing to see to" : `${faults} things to see to`;
}
