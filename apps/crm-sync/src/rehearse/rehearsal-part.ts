import { escapeHtml as escape } from "@countersign/service";
import type { CrmRehearsal, Note, Rehearsal, RehearsedWrite } from "./rehearsal.ts";

/** The CRMs' part of the page that shows a rehearsal; the command line puts the rest around it. */
export function rehearsalPart({ madeAt, crms }: Pick<Rehearsal, "madeAt" | "crms">): string {
  return crms.map((rehearsed) => section(rehearsed, madeAt)).join("\n");
}

function section(rehearsed: CrmRehearsal, madeAt: string): string {
  const { crm, contracts, deals, writes, without, left } = rehearsed;
  return `<h2>${escape(crm)}</h2>
<p>${contracts} contracts, ${deals} deals looked at as they were at ${escape(madeAt)}: ${counted(writes)} would be written.</p>
${writesTable("Would be written", writes)}
${writesTable("Would no longer be written", without)}
${notesTable(left)}`;
}

function counted(writes: readonly RehearsedWrite[]): string {
  const values = writes.flatMap(({ values: { stage, fields } }) => [
    ...(stage === null ? [] : [stage]),
    ...Object.keys(fields),
  ]);
  const records = new Set(writes.map(({ target }) => target.recordId));
  return `${values.length} values of ${records.size} records`;
}

function writesTable(caption: string, writes: readonly RehearsedWrite[]): string {
  if (writes.length === 0) return "";
  const rows = writes.flatMap((write) => [
    ...(write.values.stage === null ? [] : [row(write, null)]),
    ...Object.keys(write.values.fields).map((field) => row(write, field)),
  ]);
  return `<table><caption>${escape(caption)}</caption>
<thead><tr><th scope="col">Contract</th><th scope="col">Record</th><th scope="col">Field</th>
<th scope="col">Now</th><th scope="col">Then</th><th scope="col">Why</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table>`;
}

function row(write: RehearsedWrite, field: string | null): string {
  const { contractId, target, values, replaced, because, mapping } = write;
  const before = field === null ? replaced.stage : (replaced.fields[field] ?? null);
  const after = field === null ? values.stage : (values.fields[field] ?? null);
  const why = field === null ? because.stage : because.fields[field];
  const reason = why == null ? mapping : `${why.from}, ${why.rule}; mapping ${mapping}`;
  const cells = [contractId, `${target.on} ${target.recordId}`, field ?? "stage"].map(escape);
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}<td>${old(before)}</td><td><ins>${escape(String(after ?? "(empty)"))}</ins></td><td>${escape(reason)}</td></tr>`;
}

function old(value: string | number | boolean | null): string {
  return value === null
    ? '<span class="empty">(empty)</span>'
    : `<del>${escape(String(value))}</del>`;
}

function notesTable(notes: readonly Note[]): string {
  if (notes.length === 0) return "";
  const rows = notes.map(
    ({ contractId, dealId, message, code }) =>
      `<tr><td>${escape(contractId)}</td><td>${escape(dealId)}</td><td>${escape(message)} (${escape(code)})</td></tr>`,
  );
  return `<table><caption>Would be left alone, or could not be read</caption>
<thead><tr><th scope="col">Contract</th><th scope="col">Deal</th><th scope="col">Why</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table>`;
}
