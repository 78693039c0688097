import type { Rehearsal, RehearsedWrite } from "./rehearsal.ts";

/** A rehearsal for a person at a terminal; empty where there is no CRM. */
export function rehearsalText({ config, since, crms }: Rehearsal): string {
  if (crms.length === 0) return "";
  const lines = crms.flatMap(({ crm, contracts, deals, writes, without, left }) => [
    `${crm}: ${contracts} contracts since ${since}, ${deals} deals`,
    ...writes.flatMap((write) => linesOf(write, "would write")),
    ...without.flatMap((write) => linesOf(write, "would no longer write")),
    ...left.map(({ contractId, message }) => `  ${contractId}: ${message}`),
  ]);
  const differs = crms.some(({ writes, without }) => writes.length + without.length > 0);
  return [
    ...lines,
    differs
      ? `${config} would change what is listed in the CRMs. Nothing has been written.`
      : `${config} would change nothing in the CRMs.`,
  ].join("\n");
}

function linesOf(write: RehearsedWrite, what: string): string[] {
  const { contractId, target, values, replaced, because } = write;
  const head = `  ${contractId}: ${what} ${target.on} ${target.recordId}`;
  const line = (name: string, before: unknown, after: unknown, rule: string | undefined) =>
    `${head}, ${name}: ${shown(before)} -> ${shown(after)}${rule === undefined ? "" : ` (${rule})`}`;
  const ofFields = Object.entries(values.fields).map(([name, after]) =>
    line(name, replaced.fields[name] ?? null, after, because.fields[name]?.rule),
  );
  if (values.stage === null) return ofFields;
  return [line("stage", replaced.stage, values.stage, because.stage?.from), ...ofFields];
}

function shown(value: unknown): string {
  return value === null ? "(empty)" : JSON.stringify(value);
}
