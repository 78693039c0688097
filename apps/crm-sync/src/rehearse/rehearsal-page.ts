import type { CrmRehearsal, Note, Rehearsal, RehearsedWrite } from "./rehearsal.ts";

/** A rehearsal as one HTML file that needs nothing else: for a pull request, or for whoever decides. */
export function rehearsalPage(rehearsal: Rehearsal): string {
  const { config, since, madeAt, crms } = rehearsal;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rehearsal of ${escape(config)}</title>
<style>${style}</style>
<h1>Rehearsal of ${escape(config)}</h1>
<p>What it would write for the contracts that changed since ${escape(since)}, from what was stored and from the
deals as they were at ${escape(madeAt)}. Nothing has been written.</p>
${crms.map(section).join("\n")}
</html>
`;
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1a1a1a; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { border-bottom: 1px solid #d5d5d5; padding: 0.4rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
caption { text-align: left; font-weight: 600; padding: 0.5rem 0; }
del { color: #8a1f11; } ins { color: #11602a; text-decoration: none; font-weight: 600; }
.empty { color: #5f5f5f; }
`;

function section(rehearsed: CrmRehearsal): string {
  const { crm, contracts, deals, writes, without, left } = rehearsed;
  return `<h2>${escape(crm)}</h2>
<p>${contracts} contracts, ${deals} deals looked at: ${counted(writes)} would be written.</p>
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

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? "");
}
