import { readInbox, type Candidate, type InboxEntry, type Reader } from "@countersign/store";
import { z } from "zod";
import type { Answer, Arguments, ReadingCommand } from "../command.ts";
import { count, readOptions } from "../read-options.ts";

export const inbox: ReadingCommand = {
  name: "inbox",
  usage: ["[--crm hubspot] [--limit 20] [--json]"],
  summary: "Contracts whose deal nobody is sure of, each with the best three and why",
  notes: [
    "They come from CRMs whose section of countersign.yaml says matching. Choose with countersign link, or in",
    "Slack with Link deal.",
  ],
  options: {
    crm: { type: "string", help: "Only those of this CRM" },
    limit: { type: "string", help: "How many are listed" },
  },
  run,
};

const Options = z.object({
  crm: z.string().optional(),
  limit: count(10_000).default(20),
});

async function run(reader: Reader, { words, options, json }: Arguments): Promise<Answer> {
  if (words.length > 0) {
    return { exitCode: 2, text: `Usage: countersign inbox ${inbox.usage[0]}` };
  }
  const read = readOptions(Options, options);
  if (read.is === "answer") return read.answer;
  const { crm: destination, limit } = read.options;
  const entries = await readInbox(reader, { destination }, limit);
  if (json) return { exitCode: 0, text: JSON.stringify(entries, null, 2) };
  const text = entries.length === 0 ? "The inbox is empty." : entries.map(print).join("\n\n");
  return { exitCode: 0, text };
}

function print(entry: InboxEntry): string {
  const { contractId, destination, title, status, domains, candidates } = entry;
  const of = domains.length > 0 ? `  ${domains.join(", ")}` : "";
  return [
    `${contractId}  ${title ?? "Untitled"}  (${status}${of})`,
    ...(candidates.length === 0 ? [`  ${destination} has no deal that looks like it.`] : []),
    ...candidates.map(line),
    `  countersign link ${contractId} ${destination} <deal>`,
  ].join("\n");
}

function line({ recordId, score, reasons, shown }: Candidate): string {
  const amount = shown.amount === null ? "" : `  ${shown.amount} ${shown.currency ?? ""}`.trimEnd();
  const name = [shown.name, shown.account && `of ${shown.account}`].filter(Boolean).join(" ");
  return `  ${Math.round(score * 100)} %  ${recordId}  ${name}${amount}: ${reasons.join("; ")}`;
}
