import type { ErrandCommand } from "../command.ts";
import { subjectOf } from "../subject.ts";

export const undo: ErrandCommand = {
  name: "undo",
  usage: [
    "<source>/<id> [--since 2026-09-01] [--yes] [--json]",
    "<the CRM's id of a deal, account or contact> [--since 2026-09-01] [--yes] [--json]",
  ],
  summary: "Puts back the values that were replaced in a CRM, where nobody has changed them since",
  options: {
    since: { type: "string", help: "Only what was written since then" },
    yes: { type: "boolean", help: "Puts them back; without, they are only shown" },
  },
  errand({ words, options }) {
    const [word, ...rest] = words;
    if (word === undefined || rest.length > 0) {
      return { exitCode: 2, text: `Usage: countersign undo ${undo.usage[0]}` };
    }
    return { app: "crm-sync", task: "undo", options: { ...options, ...subjectOf(word) } };
  },
};
